using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Assertions;
using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests;

public sealed class WebhookHarnessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Advancing_lets_everything_on_the_way_happen_at_its_time_and_ends_at_the_end()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(500);
        await harness.PublishManyAsync(1);

        await harness.AdvanceAsync(TimeSpan.FromMinutes(10), Cancel);

        harness.Arrivals().Should().Equal(0, 5, 305);
        harness.Time.GetUtcNow().Should().Be(new DateTimeOffset(2026, 1, 1, 0, 10, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Nothing_to_do_is_idle_at_once_and_leaves_the_time_alone()
    {
        var start = new DateTimeOffset(2030, 5, 6, 7, 8, 9, TimeSpan.Zero);
        await using var harness = await WebhookHarness.StartAsync(start: start, cancellationToken: Cancel);

        await harness.RunUntilIdleAsync(Cancel);

        harness.Time.GetUtcNow().Should().Be(start);
    }

    [Fact]
    public async Task The_receiver_sees_no_trace_of_the_harness()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync();

        await harness.PublishManyAsync(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Receiver.Requests[0].Headers.Select(h => h.Key).Should().BeEquivalentTo(
            "Host", "User-Agent", "webhook-id", "webhook-timestamp", "webhook-signature", "Content-Type", "Content-Length");
    }

    [Fact]
    public async Task Another_receiver_takes_part_when_it_goes_by_the_same_time()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await using var other = await WebhookReceiver.StartAsync(new() { Time = harness.Time }, Cancel);
        other.Answer(WebhookAnswer.Ok.After(TimeSpan.FromSeconds(14)));
        await harness.Subscriptions.CreateAsync(new() { Url = other.Url }, Cancel);

        await harness.PublishManyAsync(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Attempts.Should().ContainSingle().Which.Result.Duration.Should().Be(TimeSpan.FromSeconds(14));
    }

    [Fact]
    public async Task Over_https_it_delivers_by_http_2_to_whom_the_client_trusts_and_fails_where_it_does_not()
    {
        await using var https = await WebhookReceiver.StartAsync(new() { Https = true }, Cancel);
        await using var trusting = await WebhookHarness.StartAsync(w => w.HttpClient.ConfigurePrimaryHttpMessageHandler((handler, _) =>
            ((SocketsHttpHandler)handler).SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.Equals(https.Certificate)), cancellationToken: Cancel);
        await using var strict = await WebhookHarness.StartAsync(w => w.UseProfile(WebhookProfiles.GitHub), cancellationToken: Cancel);

        foreach (var harness in (WebhookHarness[])[trusting, strict])
        {
            await harness.Subscriptions.CreateAsync(new() { Url = https.Url }, Cancel);
            await harness.PublishManyAsync(1);
            await harness.RunUntilIdleAsync(Cancel);
        }

        trusting.ShouldHaveDelivered("e1");
        https.Requests.Should().ContainSingle().Which.Protocol.Should().Be("HTTP/2");
        strict.ShouldHaveFailed("e1");
        strict.Attempts[0].Result.Error.Should().Be(AttemptError.Tls);
    }

    [Fact]
    public async Task A_host_of_the_test_s_own_is_driven_by_a_probe()
    {
        var probe = new WebhookProbe();
        await using var receiver = await WebhookReceiver.StartAsync(new() { Time = probe.Time }, Cancel);
        receiver.Answer(500, times: 2).Then(200);
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddWebhooks(w => w.AllowPrivateNetworks().UseProfile(WebhookProfiles.ReviewSense));
        builder.Services.AddWebhooks(w => w.UseTestHarness(probe));
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        await host.Services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(
            new() { Url = receiver.Url, EventTypes = ["review.flagged"] }, Cancel);

        await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync("review.flagged", "{}", cancellationToken: Cancel);
        await probe.RunUntilIdleAsync(Cancel);

        probe.ShouldHavePublished("review.flagged", times: 1);
        probe.Delivered.Should().ContainSingle().Which.Attempts.Should().Be(3);
        receiver.Requests.Select(r => (r.ReceivedAt - receiver.Requests[0].ReceivedAt).TotalMinutes).Should().Equal(0, 5, 35);
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task What_never_comes_to_rest_is_named_when_patience_ends()
    {
        await using var harness = await WebhookHarness.StartAsync(
            w => w.Services.AddSingleton<Dispatching.IWebhookDispatcher, SilentDispatcher>(), cancellationToken: Cancel);
        var subscription = (await harness.SubscribeAsync()).Subscription;
        harness.Patience = TimeSpan.FromMilliseconds(50);
        await harness.PublishManyAsync(1);

        var run = () => harness.RunUntilIdleAsync(Cancel);

        (await run.Should().ThrowAsync<WebhookAssertionException>()).Which.Message.Should()
            .Contain("Nothing changed for 00:00:00.05").And.Contain($"a request to {harness.Receiver.Url}").And.Contain($"e1 to subscription {subscription.Id}: 0 attempts");
    }

    [Fact]
    public async Task Time_that_leads_nowhere_ends_instead_of_running_for_ever()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.Url, MaxPerSecond = 1e-9 }, Cancel);
        await harness.PublishManyAsync(2);

        var run = () => harness.RunUntilIdleAsync(Cancel);

        (await run.Should().ThrowAsync<WebhookAssertionException>()).WithMessage("*and nothing changed*e2 to subscription*");
        harness.ShouldHaveDelivered("e1", times: 1);
    }

    [Fact]
    public async Task A_host_s_own_observer_is_waited_for()
    {
        var observer = new SlowObserver();
        await using var harness = await WebhookHarness.StartAsync(w => w.Services.AddSingleton<Dispatching.IWebhookObserver>(observer), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        await harness.PublishManyAsync(3);

        await harness.RunUntilIdleAsync(Cancel);

        observer.Told.Should().Be(3);
    }

    [Fact]
    public async Task A_worker_that_is_switched_off_is_named_as_the_reason()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.ConfigureDispatch(d => d.Enabled = false), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        await harness.PublishManyAsync(1);

        var run = () => harness.RunUntilIdleAsync(Cancel);

        (await run.Should().ThrowAsync<WebhookAssertionException>()).WithMessage("*The worker does not run*");
    }

    [Fact]
    public async Task An_expectation_that_fails_says_what_there_was()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(WebhookProfiles.GitHub), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(503);
        await harness.PublishManyAsync(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHavePublished("review-created", times: 1)[0].EventId.Should().Be("e1");
        harness.ShouldNotHavePublished("review-deleted");
        harness.ShouldNotHaveDelivered("e1");
        harness.ShouldHaveFailed("e1", FailureReason.Exhausted);
        Message(() => harness.ShouldHavePublished("review-deleted")).Should().Be(
            $"Expected 'review-deleted' to be published at least once, but it was 0 times. So far published: {Environment.NewLine}- review-created e1 for default (Enqueued, 1 deliveries)");
        Message(() => harness.ShouldHaveDelivered("e1", times: 1)).Should().Be("Expected 'e1' to be delivered once, but it was 0 times. So far delivered: nothing");
        Message(() => harness.ShouldHaveFailed("e1", FailureReason.EndpointGone)).Should().Contain("Failed, 1 attempts, last answer 503, Exhausted");
        Message(() => harness.ShouldNotHavePublished("review-created")).Should().Contain("0 times, but it was 1 times");

        static string Message(Action expect) => expect.Should().Throw<WebhookAssertionException>().Which.Message;
    }

    private sealed class SlowObserver : Dispatching.IWebhookObserver
    {
        private int _told;

        public int Told => Volatile.Read(ref _told);

        // Goes on where nobody counts, as a call over a network would.
        public async ValueTask OnRecordedAsync(DeliveryRecord record)
        {
            await Task.Run(async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    await Task.Yield();
                }
            }).ConfigureAwait(false);
            Interlocked.Increment(ref _told);
        }
    }

    private sealed class SilentDispatcher : Dispatching.IWebhookDispatcher
    {
        public async ValueTask<AttemptResult> DispatchAsync(Dispatching.WebhookRequest request, CancellationToken abort)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, abort).ContinueWith(_ => { }, TaskScheduler.Default);
            return new AttemptResult { Error = AttemptError.Aborted };
        }
    }
}
