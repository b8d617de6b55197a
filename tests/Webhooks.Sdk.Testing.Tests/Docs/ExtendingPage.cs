using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;

#pragma warning disable xUnit1051 // The page leaves the test framework's cancellation token out: it is for any framework.

namespace Webhooks.Sdk.Testing.Tests.Docs;

/// <summary>The code of docs/extending.md, word for word, and run. <see cref="PagesTests"/> sees to it that it stays so.</summary>
public sealed class ExtendingPage
{
    [Fact]
    public async Task An_envelope_a_signer_and_a_retry_policy_make_a_profile()
    {
        // 23:30: the retry an hour later would be at night.
        await using var harness = await WebhookHarness.StartAsync(
            webhooks =>
            {
                webhooks.UseProfile(new WebhookProfile
                {
                    Name = "ours",
                    Envelope = new FormEnvelope(),
                    Signer = new Base64Signer(),
                    RetryPolicy = new NeverAtNight(WebhookRetryPolicy.Schedule(TimeSpan.FromHours(1))),
                });
            },
            start: new DateTimeOffset(2026, 1, 1, 23, 30, 0, TimeSpan.Zero));
        var (_, secret) = await harness.SubscribeAsync();
        harness.Receiver.Answer(500).Then(200);

        await harness.PublishAsync("review-created", """{"id":7}""");
        await harness.RunUntilIdleAsync();

        var request = harness.Receiver.Requests[1];
        request.Text.Should().Be("type=review-created&payload=%7B%22id%22%3A7%7D");
        request.ReceivedAt.Should().Be(new DateTimeOffset(2026, 1, 2, 6, 0, 0, TimeSpan.Zero));
        new WebhookVerifier(new Base64Signer(), [secret!]).Verify(request.Body.Span, name => request.Header(name)).IsVerified.Should().BeTrue();
        new WebhookVerifier(new Base64Signer(), ["another"]).Verify(request.Body.Span, name => request.Header(name)).IsVerified.Should().BeFalse();
    }

    [Fact]
    public async Task A_dispatcher_takes_the_place_of_HTTP()
    {
        var queue = Channel.CreateUnbounded<string>();
        await using var harness = await WebhookHarness.StartAsync(webhooks =>
        {
            webhooks.Services.AddSingleton<IWebhookDispatcher>(new QueueDispatcher(queue));
        });
        await harness.Subscriptions.CreateAsync(new NewSubscription { Url = "https://example.com/hooks" });

        var published = await harness.PublishAsync("review-created", """{"id":7}""");
        await harness.RunUntilIdleAsync();

        (await queue.Reader.ReadAsync()).Should().StartWith("https://example.com/hooks {").And.Contain(published.EventId);
        harness.ShouldHaveDelivered(published.EventId);
    }

    [Fact]
    public async Task A_store_answers_from_the_hosts_own_table()
    {
        WebhookSubscription[] customers =
        [
            new() { Id = "one", Url = "https://example.com/one", Profile = "dialogform", EventTypes = ["review.*"] },
            new() { Id = "two", Url = "https://example.com/two", Profile = "dialogform", State = SubscriptionState.Disabled },
        ];
        var queue = Channel.CreateUnbounded<string>();
        await using var harness = await WebhookHarness.StartAsync(webhooks => webhooks.Services
            .AddSingleton<IWebhookSubscriptionStore>(new CustomerSubscriptions(customers))
            .AddSingleton<IWebhookDispatcher>(new QueueDispatcher(queue)));

        var published = await harness.PublishAsync("review.created", "{}");
        await harness.RunUntilIdleAsync();

        published.Should().BeEquivalentTo(new { Outcome = PublishOutcome.Enqueued, Deliveries = 1 });
        (await queue.Reader.ReadAsync()).Should().StartWith("https://example.com/one ");
    }

    private sealed class FormEnvelope : IWebhookEnvelope
    {
        public string ContentType => "application/x-www-form-urlencoded";

        public void Write(IBufferWriter<byte> output, in EnvelopeContext context)
        {
            var json = Uri.EscapeDataString(Encoding.UTF8.GetString(context.Event.Data.Span));
            Encoding.UTF8.GetBytes($"type={context.Event.Type}&payload={json}", output);
        }
    }

    private sealed class Base64Signer : IWebhookSigner
    {
        public SecretFormat SecretFormat => SecretFormat.Text;

        public IReadOnlyList<string> HeaderNames => ["X-Signature"];

        public void Sign(in WebhookMessage message, ReadOnlySpan<SigningKey> keys, WebhookHeaders headers) =>
            headers.Add("X-Signature", Mac(message.Body, keys[0]));

        public WebhookVerification Verify(in ReceivedMessage request, ReadOnlySpan<SigningKey> keys)
        {
            var given = Encoding.UTF8.GetBytes(request.Header("X-Signature") ?? "");
            foreach (var key in keys)
            {
                if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mac(request.Body, key)), given))
                {
                    return new(VerificationFailure.None);
                }
            }

            return new(VerificationFailure.NoMatchingSignature);
        }

        private static string Mac(ReadOnlySpan<byte> body, SigningKey key)
        {
            Span<byte> mac = stackalloc byte[32];
            key.HmacSha256([], body, mac);
            return Convert.ToBase64String(mac);
        }
    }

    private sealed class NeverAtNight(IWebhookRetryPolicy inner) : IWebhookRetryPolicy
    {
        public IReadOnlyList<TimeSpan> Delays => inner.Delays;

        public DeliveryTransition Decide(ClaimedDelivery delivery, AttemptResult result, DateTimeOffset now)
        {
            var decision = inner.Decide(delivery, result, now);
            return decision is DeliveryTransition.Retry retry && (now + retry.Delay).Hour < 6
                ? new DeliveryTransition.Retry((now + retry.Delay).Date.AddHours(6) - now.DateTime)
                : decision;
        }
    }

    private sealed class QueueDispatcher(Channel<string> queue) : IWebhookDispatcher
    {
        public async ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort)
        {
            await queue.Writer.WriteAsync($"{request.Url} {Encoding.UTF8.GetString(request.Body.Span)}", abort);
            return new AttemptResult { StatusCode = 202 };
        }
    }

    private sealed class CustomerSubscriptions(IReadOnlyList<WebhookSubscription> customers) : IWebhookSubscriptionStore
    {
        public ValueTask<IReadOnlyList<WebhookSubscription>> MatchAsync(string tenantId, string eventType, CancellationToken cancellationToken) =>
            new([.. customers.Where(s => s.TenantId == tenantId && s.IsEnabled && s.Filter.Matches(eventType))]);

        public ValueTask<WebhookSubscription?> FindAsync(string id, CancellationToken cancellationToken) => new(customers.FirstOrDefault(s => s.Id == id));

        public ValueTask<Page<WebhookSubscription>> ListAsync(SubscriptionQuery query, CancellationToken cancellationToken) => new(new Page<WebhookSubscription>(customers, null));

        public ValueTask<AddOutcome> AddAsync(WebhookSubscription subscription, int? maxPerTenant, CancellationToken cancellationToken) => throw Elsewhere();

        public ValueTask<bool> UpdateAsync(WebhookSubscription subscription, long expectedVersion, CancellationToken cancellationToken) => throw Elsewhere();

        public ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken) => throw Elsewhere();

        public ValueTask<EndpointHealth> RecordHealthAsync(string id, HealthChange change, CancellationToken cancellationToken) => default;

        private static WebhookException Elsewhere() => new("Customers are changed in their own application.");
    }
}
