using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class FanOutConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task Each_subscription_gets_the_event_once_even_if_it_is_named_twice()
    {
        var @event = Sample.Event();

        await EnqueueAsync(To(@event, "s1", "s2", "s1", "s3", "s2"));

        (await ClaimAllAsync()).Select(c => c.SubscriptionId).Should().BeEquivalentTo("s1", "s2", "s3");
        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(3);
    }

    [Fact]
    public async Task The_deliveries_of_one_event_live_apart()
    {
        var @event = await PublishAsync("s1", "s2", "s3");
        var claims = (await ClaimAsync()).ToDictionary(c => c.SubscriptionId);

        await RecordAsync(claims["s1"], Delivered);
        await RecordAsync(claims["s2"], RetryIn(TimeSpan.FromMinutes(5)));
        await RecordAsync(claims["s3"], GivenUp());

        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Delivered);
        (await FindAsync(@event, "s2")).State.Should().Be(DeliveryState.Pending);
        (await FindAsync(@event, "s3")).State.Should().Be(DeliveryState.Failed);
    }

    [Fact]
    public async Task Ten_thousand_subscriptions_all_get_it_once()
    {
        string[] subscriptions = [.. Enumerable.Range(0, 10_000).Select(i => $"sub-{i:00000}")];
        await EnqueueAsync(To(Sample.Event(), subscriptions));
        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(10_000);

        var claims = await ClaimAllAsync(max: 1000, perSubscription: 2);

        claims.Should().HaveCount(10_000);
        claims.Select(c => c.SubscriptionId).ToHashSet().SetEquals(subscriptions).Should().BeTrue();
        var lost = await Deliveries.RecordAsync([.. claims.Select(c => new DeliveryRecord(c, Sample.Ok(Fixture.UtcNow), Delivered))], Cancel);
        lost.Should().BeEmpty();
        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(0);
    }
}
