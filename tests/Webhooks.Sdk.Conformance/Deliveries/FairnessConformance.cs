namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class FairnessConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task A_claim_takes_no_more_of_one_subscription_than_it_may()
    {
        await PublishManyAsync(20, "big");
        await PublishManyAsync(2, "small");

        var claims = await ClaimAsync(max: 50, perSubscription: 5);

        claims.Count(c => c.SubscriptionId == "big").Should().Be(5);
        claims.Count(c => c.SubscriptionId == "small").Should().Be(2);
    }

    [Fact]
    public async Task An_older_and_larger_backlog_does_not_hide_the_others()
    {
        await PublishManyAsync(500, "big");
        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        string[] others = [.. Enumerable.Range(0, 20).Select(i => $"small-{i}")];
        await PublishAsync(others);

        var claims = await ClaimAsync(max: 30, perSubscription: 10);

        claims.Select(c => c.SubscriptionId).Should().Contain(others);
    }

    [Fact]
    public async Task Claims_go_round_the_subscriptions_when_there_are_more_than_fit_in_one()
    {
        string[] subscriptions = [.. Enumerable.Range(0, 10).Select(i => $"s{i}")];
        foreach (var subscription in subscriptions)
        {
            await PublishManyAsync(20, subscription);
        }

        // Ten claims are twice what a round needs; by age alone they would all go to the first two.
        var served = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            served.UnionWith((await ClaimAsync(max: 4, perSubscription: 2)).Select(c => c.SubscriptionId));
        }

        served.Should().BeEquivalentTo(subscriptions);
    }

    [Fact]
    public async Task Going_round_still_gives_everything_in_the_end()
    {
        await PublishManyAsync(13, "s1", "s2", "s3");
        await PublishManyAsync(5, "s2");

        var claims = await ClaimAllAsync(max: 5, perSubscription: 2);

        claims.Should().HaveCount((13 * 3) + 5);
        claims.Select(c => c.Id).Should().OnlyHaveUniqueItems();
    }
}
