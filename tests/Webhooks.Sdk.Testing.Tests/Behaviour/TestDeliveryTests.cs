using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class TestDeliveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_event_is_signed_like_any_other_and_ignores_filter_and_state()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var (subscription, secret) = await harness.SubscribeAsync(WebhookProfiles.ReviewSense, "review.flagged");
        await harness.Subscriptions.DisableAsync(subscription.Id, cancellationToken: Cancel);

        var result = await harness.Subscriptions.SendTestAsync(subscription.Id, cancellationToken: Cancel);

        result.StatusCode.Should().Be(200);
        var request = harness.Receiver.Requests.Should().ContainSingle().Subject;
        request.Text.Should().StartWith("""{"id":"evt_""").And.Contain("""
            "type":"webhook.test","created_at":"2026-01-01T00:00:00Z","api_version":"v1","data":
            """.Trim());
        request.Verify(WebhookProfiles.ReviewSense, secret!).IsVerified.Should().BeTrue();
        harness.Attempts.Should().ContainSingle().Which.IsTest.Should().BeTrue();
    }

    [Fact]
    public async Task A_test_event_that_fails_is_not_retried_and_counts_for_nothing()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var (subscription, _) = await harness.SubscribeAsync(WebhookProfiles.ReviewSense);
        harness.Receiver.Answer(500, times: 10).Then(410);

        for (var i = 0; i < 11; i++)
        {
            await harness.Subscriptions.SendTestAsync(subscription.Id, cancellationToken: Cancel);
            await harness.AdvanceAsync(TimeSpan.FromDays(1), Cancel);
        }

        harness.Receiver.Requests.Should().HaveCount(11);
        (await harness.Subscriptions.GetAsync(subscription.Id, Cancel)).State.Should().Be(SubscriptionState.Enabled);
        (await harness.Deliveries.GetBacklogAsync(Cancel)).Should().BeEquivalentTo(new { Pending = 0, Failed = 0 });
        (await harness.Deliveries.ListAttemptsAsync(new() { SubscriptionId = subscription.Id }, Cancel)).Items.Should().HaveCount(11).And.OnlyContain(a => a.IsTest);
    }

    [Fact]
    public async Task A_test_event_to_an_endpoint_that_never_answers_times_out()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var (subscription, _) = await harness.SubscribeAsync();
        harness.Receiver.Answer(WebhookAnswer.Never);

        var sending = harness.Subscriptions.SendTestAsync(subscription.Id, cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        (await sending).Error.Should().Be(AttemptError.Timeout);
    }
}
