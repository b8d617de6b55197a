using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>What a host plugs in runs in the worker's loops, and must neither end them nor leave anything behind in them.</summary>
public sealed class HostCodeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_retry_policy_that_throws_costs_a_delivery_its_schedule_and_nobody_else_anything()
    {
        var dispatcher = new Answers(expected: 3);
        var profile = WebhookProfiles.Standard with { Name = "broken", RetryPolicy = new BrokenPolicy() };
        using var host = Create(dispatcher, profile);
        await PublishAsync(host, profile, events: 3);

        await host.StartAsync(TestContext.Current.CancellationToken);
        await dispatcher.All.WaitAsync(Soon, TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        var deliveries = host.Services.GetRequiredService<IWebhookDeliveries>();
        var page = await deliveries.ListAsync(new DeliveryQuery(), TestContext.Current.CancellationToken);
        page.Items.Select(d => d.State).Should().Equal(DeliveryState.Delivered, DeliveryState.Delivered, DeliveryState.Delivered);
    }

    [Fact]
    public async Task What_an_envelope_leaves_in_the_context_is_gone_for_the_next_attempt()
    {
        var dispatcher = new Answers(expected: 3);
        var envelope = new LeakingEnvelope();
        var profile = WebhookProfiles.Standard with { Name = "leaking", Envelope = envelope };
        using var host = Create(dispatcher, profile);
        await PublishAsync(host, profile, events: 3);

        await host.StartAsync(TestContext.Current.CancellationToken);
        await dispatcher.All.WaitAsync(Soon, TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        envelope.Found.Should().Equal(null, null, null);
    }

    private static IHost Create(IWebhookDispatcher dispatcher, WebhookProfile profile)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWebhooks(w => w.AddProfile(profile).ConfigureDispatch(o => o.MaxConcurrency = o.MaxConcurrencyPerEndpoint = 1));
        builder.Services.AddSingleton(dispatcher);
        return builder.Build();
    }

    private static async Task PublishAsync(IHost host, WebhookProfile profile, int events)
    {
        await host.Services.GetRequiredService<IWebhookSubscriptions>()
            .CreateAsync(new NewSubscription { Url = "https://example.com/hooks", Profile = profile.Name }, TestContext.Current.CancellationToken);
        for (var i = 0; i < events; i++)
        {
            await host.Services.GetRequiredService<IWebhookPublisher>()
                .PublishAsync("review-created", "{}", cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    private sealed class BrokenPolicy : IWebhookRetryPolicy
    {
        public IReadOnlyList<TimeSpan> Delays => [];

        public DeliveryTransition Decide(ClaimedDelivery delivery, AttemptResult result, DateTimeOffset now) => throw new InvalidOperationException("broken");
    }

    private sealed class LeakingEnvelope : IWebhookEnvelope
    {
        private readonly AsyncLocal<string?> _tenant = new();
        private readonly ConcurrentQueue<string?> _found = new();

        public IEnumerable<string?> Found => _found;

        public string ContentType => "application/json";

        public bool IsPerSubscription => true;

        public void Write(IBufferWriter<byte> output, in EnvelopeContext context)
        {
            _found.Enqueue(_tenant.Value);
            _tenant.Value = context.Event.TenantId;
            output.Write("{}"u8);
        }

        public ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) => null;
    }

    private sealed class Answers(int expected) : IWebhookDispatcher
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public Task All => _all.Task;

        public ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort)
        {
            if (Interlocked.Increment(ref _count) == expected)
            {
                _all.TrySetResult();
            }

            return new(new AttemptResult { StartedAt = DateTimeOffset.UtcNow, StatusCode = 204 });
        }
    }
}
