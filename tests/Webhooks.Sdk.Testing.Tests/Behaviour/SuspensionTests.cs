using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class SuspensionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReviewSense_suspends_after_the_first_exhausted_delivery_and_fails_what_is_pending()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var id = (await harness.SubscribeAsync(WebhookProfiles.ReviewSense)).Subscription.Id;
        harness.Receiver.Answer(500);
        var first = await harness.PublishAsync("review.analysed", "{}", cancellationToken: Cancel);
        await harness.AdvanceAsync(TimeSpan.FromHours(31), Cancel);
        var second = await harness.PublishAsync("review.flagged", "{}", cancellationToken: Cancel);
        (await StateAsync(harness, id)).Should().Be(SubscriptionState.Enabled);

        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveFailed(first.EventId, FailureReason.Exhausted, times: 1)[0].Attempts.Should().Be(6);

        // Published after 31 h: attempts 0, 5 and 35 minutes later come before 32 h 35 m, the fourth would not.
        harness.ShouldHaveFailed(second.EventId, FailureReason.SubscriptionSuspended, times: 1)[0].Attempts.Should().Be(3);
        var suspended = harness.Suspended.Should().ContainSingle().Subject;
        suspended.Id.Should().Be(id);
        suspended.State.Should().Be(SubscriptionState.Suspended);
        suspended.StateReason.Should().Contain("1 exhausted delivery");
        suspended.StateChangedAt.Should().Be(new DateTimeOffset(2026, 1, 2, 8, 35, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task MoreGoodReviews_suspends_after_five_exhausted_deliveries_in_a_row()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var id = (await harness.SubscribeAsync(WebhookProfiles.MoreGoodReviews)).Subscription.Id;
        harness.Receiver.Answer(500);

        for (var i = 1; i <= 5; i++)
        {
            (await StateAsync(harness, id)).Should().Be(SubscriptionState.Enabled);
            await harness.PublishAsync("review-created", $$"""{"n":{{i}}}""", cancellationToken: Cancel);
            await harness.RunUntilIdleAsync(Cancel);
        }

        (await StateAsync(harness, id)).Should().Be(SubscriptionState.Suspended);
        harness.Failed.Should().HaveCount(5).And.OnlyContain(f => f.FailureReason == FailureReason.Exhausted);
    }

    [Fact]
    public async Task A_success_in_between_starts_the_count_anew()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var id = (await harness.SubscribeAsync(WebhookProfiles.MoreGoodReviews)).Subscription.Id;

        for (var i = 1; i <= 9; i++)
        {
            harness.Receiver.Answer(i == 5 ? 200 : 500);
            await harness.PublishAsync("review-created", $$"""{"n":{{i}}}""", cancellationToken: Cancel);
            await harness.RunUntilIdleAsync(Cancel);
        }

        (await StateAsync(harness, id)).Should().Be(SubscriptionState.Enabled);
        harness.Suspended.Should().BeEmpty();
    }

    [Fact]
    public async Task Standard_suspends_after_five_days_without_success_and_not_before()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        var id = (await harness.SubscribeAsync()).Subscription.Id;
        harness.Receiver.Answer(500);
        var start = harness.Time.GetUtcNow();
        await harness.PublishAsync("review-created", "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);
        (await StateAsync(harness, id)).Should().Be(SubscriptionState.Enabled, "ten attempts have failed, but for three days only");

        await harness.AdvanceAsync(start.AddDays(5).AddMinutes(-10) - harness.Time.GetUtcNow(), Cancel);
        var last = await harness.PublishAsync("review-created", "{}", cancellationToken: Cancel);
        await harness.AdvanceAsync(TimeSpan.FromMinutes(10), Cancel);
        (await StateAsync(harness, id)).Should().Be(SubscriptionState.Enabled, "no attempt has failed since the five days were over");
        await harness.RunUntilIdleAsync(Cancel);

        // Ten minutes before the end of the fifth day: attempts at once, after 5 s, 5 m 5 s and 35 m 5 s; the last of them is the first one after it.
        var suspended = harness.Suspended.Should().ContainSingle().Subject;
        suspended.StateChangedAt.Should().Be(start.AddDays(5).AddMinutes(25).AddSeconds(5));
        harness.ShouldHaveFailed(last.EventId, FailureReason.SubscriptionSuspended, times: 1)[0].Attempts.Should().Be(4);
    }

    [Fact]
    public async Task Standard_needs_ten_failed_attempts_however_long_it_takes()
    {
        var brief = Exact.Profile with { Name = "brief", RetryPolicy = WebhookRetryPolicy.Schedule(TimeSpan.FromSeconds(5)) };
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(brief), cancellationToken: Cancel);
        var id = (await harness.SubscribeAsync()).Subscription.Id;
        harness.Receiver.Answer(500);

        for (var i = 1; i <= 5; i++)
        {
            (await StateAsync(harness, id)).Should().Be(SubscriptionState.Enabled);
            await harness.PublishAsync("review-created", "{}", cancellationToken: Cancel);
            await harness.RunUntilIdleAsync(Cancel);
            await harness.AdvanceAsync(TimeSpan.FromDays(4), Cancel);
        }

        (await StateAsync(harness, id)).Should().Be(SubscriptionState.Suspended);
        harness.Attempts.Should().HaveCount(10);
    }

    [Theory]
    [InlineData("ratecard", "messages.sent")]
    [InlineData("github", "push")]
    public async Task Some_profiles_never_suspend(string profileName, string eventType)
    {
        var profile = WebhookProfiles.All.Single(p => p.Name == profileName);
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var id = (await harness.SubscribeAsync(profile)).Subscription.Id;
        harness.Receiver.Answer(500, times: 30).Then(410);

        for (var i = 0; i < 20; i++)
        {
            await harness.PublishAsync(eventType, "{}", cancellationToken: Cancel);
            await harness.RunUntilIdleAsync(Cancel);
            await harness.AdvanceAsync(TimeSpan.FromDays(1), Cancel);
        }

        (await StateAsync(harness, id)).Should().Be(SubscriptionState.Enabled);
        harness.Failed.Should().HaveCount(20).And.OnlyContain(f => f.FailureReason == FailureReason.Exhausted);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("moregoodreviews")]
    public async Task Gone_suspends_at_once(string profileName)
    {
        var profile = WebhookProfiles.All.Single(p => p.Name == profileName);
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var id = (await harness.SubscribeAsync(profile)).Subscription.Id;
        harness.Receiver.Answer(500).Then(410);

        await harness.PublishAsync("review-created", "{}", cancellationToken: Cancel);
        await harness.SettleAsync(Cancel);
        var gone = await harness.PublishAsync("review-created", "{}", cancellationToken: Cancel);
        await harness.SettleAsync(Cancel);

        harness.ShouldHaveFailed(gone.EventId, FailureReason.EndpointGone, times: 1)[0].Attempts.Should().Be(1);
        harness.Failed.Select(f => f.FailureReason).Should().BeEquivalentTo([FailureReason.EndpointGone, FailureReason.SubscriptionSuspended]);
        var subscription = await harness.Subscriptions.GetAsync(id, Cancel);
        subscription.State.Should().Be(SubscriptionState.Suspended);
        subscription.StateReason.Should().Contain("410");
        (await harness.Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(0);
    }

    [Fact]
    public async Task Gone_is_one_failure_like_another_where_the_profile_says_so()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync(WebhookProfiles.ReviewSense);
        harness.Receiver.Answer(410).Then(200);

        var published = await harness.PublishAsync("review.flagged", "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 300);
        harness.ShouldHaveDelivered(published.EventId, times: 1);
        harness.Suspended.Should().BeEmpty();
    }

    private static async Task<SubscriptionState> StateAsync(WebhookHarness harness, string id) => (await harness.Subscriptions.GetAsync(id, Cancel)).State;
}
