using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class RecoveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_failed_can_be_sent_again_once_the_endpoint_is_enabled_and_has_a_fresh_schedule()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var id = (await harness.SubscribeAsync(WebhookProfiles.ReviewSense)).Subscription.Id;
        harness.Receiver.Answer(500);
        await harness.PublishAsync("review.analysed", "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);
        var failed = harness.Failed[0];

        await harness.Deliveries.Invoking(d => d.ResendAsync(failed.Id, Cancel).AsTask()).Should().ThrowAsync<WebhookException>().WithMessage("*EnableAsync*");
        await harness.Subscriptions.EnableAsync(id, Cancel);
        harness.Receiver.Answer(500, times: 5).Then(200);
        (await harness.Deliveries.ResendAsync(failed.Id, Cancel)).Should().Be(ResendOutcome.Resent);
        (await harness.Deliveries.ResendAsync(failed.Id, Cancel)).Should().Be(ResendOutcome.AlreadyPending);
        var resentAt = harness.Time.GetUtcNow();
        await harness.RunUntilIdleAsync(Cancel);

        harness.Receiver.Requests.Skip(6).Select(r => (r.ReceivedAt - resentAt).TotalSeconds).Should().Equal(0, 300, 2_100, 9_300, 30_900, 117_300);
        harness.ShouldHaveDelivered(failed.EventId, times: 1)[0].Id.Should().Be(failed.Id);
        harness.Receiver.Requests.Select(r => r.Text).Distinct().Should().ContainSingle();
        (await harness.Deliveries.ListAsync(new() { EventId = failed.EventId }, Cancel)).Items.Should().ContainSingle().Which.State.Should().Be(DeliveryState.Delivered);
    }

    [Fact]
    public async Task What_arrived_can_be_sent_again_too()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync();
        await harness.PublishManyAsync(1);
        await harness.RunUntilIdleAsync(Cancel);

        (await harness.Deliveries.ResendAsync(harness.Delivered[0].Id, Cancel)).Should().Be(ResendOutcome.Resent);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Receiver.Requests.Should().HaveCount(2);
        harness.Receiver.Requests.Select(r => r.Header("webhook-id")).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Recover_sends_what_failed_and_what_was_missed_since_a_time_once()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile).ConfigurePublish(p => p.KeepAllEvents = true), cancellationToken: Cancel);
        var id = (await harness.SubscribeAsync("review-created")).Subscription.Id;
        await PublishAsync(harness, "too-early");
        await harness.AdvanceAsync(TimeSpan.FromHours(1), Cancel);
        var since = harness.Time.GetUtcNow();
        await PublishAsync(harness, "arrived");
        harness.Receiver.Answer(410);
        await PublishAsync(harness, "failed");
        await PublishAsync(harness, "missed");
        await harness.PublishAsync(new NewWebhookEvent { Type = "message-sent", Id = "not-wanted", Data = "{}" }, cancellationToken: Cancel);
        harness.Receiver.Answer(200);
        await harness.Subscriptions.EnableAsync(id, Cancel);

        (await harness.Deliveries.RecoverAsync(id, since, Cancel)).Should().Be(2);
        (await harness.Deliveries.RecoverAsync(id, since, Cancel)).Should().Be(0);
        await harness.RunUntilIdleAsync(Cancel);
        (await harness.Deliveries.RecoverAsync(id, since, Cancel)).Should().Be(0);

        harness.Delivered.Select(d => d.EventId).Should().BeEquivalentTo("too-early", "arrived", "failed", "missed");
    }

    private static async Task PublishAsync(WebhookHarness harness, string id)
    {
        await harness.PublishAsync(new NewWebhookEvent { Type = "review-created", Id = id, Data = "{}" }, cancellationToken: Cancel);
        await harness.SettleAsync(Cancel);
    }
}
