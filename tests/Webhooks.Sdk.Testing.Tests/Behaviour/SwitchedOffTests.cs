using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class SwitchedOffTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Off_means_not_queued()
    {
        await using var harness = await StartAsync();
        var id = (await harness.SubscribeAsync()).Subscription.Id;
        await harness.Subscriptions.DisableAsync(id, cancellationToken: Cancel);

        var published = await harness.PublishAsync("review-created", "{}", cancellationToken: Cancel);
        await harness.Subscriptions.EnableAsync(id, Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        published.Outcome.Should().Be(PublishOutcome.NoSubscriber);
        harness.Receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Disabling_fails_what_is_pending_with_that_reason()
    {
        await using var harness = await StartAsync();
        var id = (await harness.SubscribeAsync()).Subscription.Id;
        harness.Receiver.Answer(500);
        await harness.PublishManyAsync(3);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(1), Cancel);

        await harness.Subscriptions.DisableAsync(id, "holidays", Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Failed.Should().HaveCount(3).And.OnlyContain(f => f.FailureReason == FailureReason.SubscriptionDisabled && f.Attempts == 1);
        harness.Receiver.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task An_attempt_in_flight_while_it_is_disabled_may_still_succeed()
    {
        await using var harness = await StartAsync();
        var id = (await harness.SubscribeAsync()).Subscription.Id;
        harness.Receiver.Answer(WebhookAnswer.Ok.After(TimeSpan.FromSeconds(5)));
        await harness.PublishManyAsync(1);
        await harness.SettleAsync(Cancel);

        await harness.Subscriptions.DisableAsync(id, cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveDelivered("e1", times: 1);
        harness.Failed.Should().BeEmpty();
    }

    [Fact]
    public async Task An_attempt_in_flight_while_it_is_disabled_is_not_made_again()
    {
        await using var harness = await StartAsync();
        var id = (await harness.SubscribeAsync()).Subscription.Id;
        harness.Receiver.Answer(new WebhookAnswer { Status = 500 }.After(TimeSpan.FromSeconds(5)));
        await harness.PublishManyAsync(1);
        await harness.SettleAsync(Cancel);

        await harness.Subscriptions.DisableAsync(id, cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveFailed("e1", FailureReason.SubscriptionDisabled, times: 1);
        harness.Receiver.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Deleting_fails_what_is_pending()
    {
        await using var harness = await StartAsync();
        var id = (await harness.SubscribeAsync()).Subscription.Id;
        harness.Receiver.Answer(500);
        await harness.PublishManyAsync(1);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(1), Cancel);

        await harness.Subscriptions.DeleteAsync(id, Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveFailed("e1", FailureReason.SubscriptionDeleted, times: 1);
    }

    [Fact]
    public async Task A_changed_url_gets_what_is_pending()
    {
        await using var harness = await StartAsync();
        var id = (await harness.SubscribeAsync()).Subscription.Id;
        harness.Receiver.Answer(500);
        harness.Receiver.On("/new").Answer(200);
        await harness.PublishManyAsync(1);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(1), Cancel);

        await harness.Subscriptions.UpdateAsync(id, new() { Url = harness.Receiver.UrlFor("/new") }, Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Receiver.Requests.Select(r => r.Path).Should().Equal("/", "/new");
        harness.ShouldHaveDelivered("e1", times: 1);
    }

    private static Task<WebhookHarness> StartAsync() => WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
}
