using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class ClaimConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task An_empty_store_gives_nothing() => (await ClaimAsync()).Should().BeEmpty();

    [Fact]
    public async Task What_is_claimed_is_not_given_to_another()
    {
        await PublishManyAsync(3, "s1");

        var first = await ClaimAsync(max: 2);
        var second = await ClaimAsync();
        var third = await ClaimAsync();

        first.Should().HaveCount(2);
        second.Should().ContainSingle();
        third.Should().BeEmpty();
        first.Concat(second).Select(c => c.Id).Should().OnlyHaveUniqueItems();
        first.Concat(second).Select(c => c.LeaseToken).Should().OnlyHaveUniqueItems("each claim proves itself");
    }

    [Fact]
    public async Task Of_many_claimers_at_once_no_two_get_the_same()
    {
        var events = await PublishManyAsync(100, "s1", "s2", "s3", "s4");

        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await ClaimAllAsync(max: 7, perSubscription: 3), Cancel)));

        // Whoever finds nothing stops, even if another holds a lock at that moment: what is left belongs to the next one.
        List<ClaimedDelivery> all = [.. claims.SelectMany(c => c), .. await ClaimAllAsync()];
        all.Select(c => c.Id).Should().OnlyHaveUniqueItems();
        all.Should().HaveCount(events.Count * 4);
    }

    [Fact]
    public async Task A_subscription_gets_its_deliveries_in_the_order_in_which_they_became_due()
    {
        var events = await PublishManyAsync(5, "s1");

        var order = new List<string>();
        while (await ClaimAsync(max: 1) is [var claim])
        {
            order.Add(claim.Event.Id);
        }

        order.Should().Equal(events.Select(e => e.Id));
    }

    [Fact]
    public async Task A_retry_stands_where_its_time_puts_it()
    {
        var late = await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromSeconds(20)));
        var early = await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromSeconds(10)));
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(15));
        var fresh = await PublishAsync("s1");
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(15));

        var order = new List<string>();
        while (await ClaimAsync(max: 1) is [var claim])
        {
            order.Add(claim.Event.Id);
        }

        order.Should().Equal(early.Id, fresh.Id, late.Id);
    }

    [Fact]
    public async Task A_claim_never_gives_more_than_was_asked_for()
    {
        await PublishManyAsync(10, "s1", "s2", "s3");

        (await ClaimAsync(max: 7)).Should().HaveCount(7);
        (await ClaimAsync(max: 1)).Should().HaveCount(1);
    }

    [Fact]
    public async Task Excluded_subscriptions_are_passed_over_and_come_later()
    {
        await PublishManyAsync(5, "full", "free");

        (await ClaimAsync(excluded: ["full"])).Should().HaveCount(5).And.OnlyContain(c => c.SubscriptionId == "free");
        (await ClaimAsync(excluded: ["full"])).Should().BeEmpty();
        (await ClaimAsync()).Should().HaveCount(5).And.OnlyContain(c => c.SubscriptionId == "full");
    }

    [Fact]
    public async Task A_retry_is_not_given_before_its_time()
    {
        await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromSeconds(30)));

        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(20));
        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(10));
        (await ClaimAsync()).Should().ContainSingle();
    }
}
