using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

/// <summary>More due work than one look at the head of the queue shows: the node goes round the subscriptions.</summary>
public sealed class LargeBacklogTests : DeliveryConformance<PostgreSqlFixture>
{
    [Fact]
    public async Task A_small_subscription_behind_a_large_one_is_served_within_two_claims()
    {
        await PublishManyAsync(2500, "big");
        await PublishAsync("small");

        var claims = new[] { await ClaimAsync(20, 10), await ClaimAsync(20, 10), await ClaimAsync(20, 10) };

        claims.SelectMany(c => c).Should().Contain(c => c.SubscriptionId == "small");
    }

    [Fact]
    public async Task Those_behind_an_excluded_one_are_found_at_once()
    {
        await PublishManyAsync(2500, "big");
        await PublishManyAsync(2, "small-1", "small-2");

        (await ClaimAsync(excluded: "big")).Should().HaveCount(4);
        (await ClaimAsync(excluded: "big")).Should().BeEmpty();
        (await ClaimAsync(max: 50, perSubscription: 50)).Should().HaveCount(50);
    }

    [Fact]
    public async Task Going_round_gives_each_a_turn_before_anybody_gets_a_second()
    {
        string[] subscriptions = [.. Enumerable.Range(0, 40).Select(i => $"s{i:00}")];
        await PublishManyAsync(50, subscriptions);
        await ClaimAsync(max: 10, perSubscription: 5);

        var served = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            served.AddRange((await ClaimAsync(max: 10, perSubscription: 5)).Select(c => c.SubscriptionId));
        }

        served.Should().HaveCount(200);
        served.Distinct().Should().BeEquivalentTo(subscriptions);
    }

    [Fact]
    public async Task Everything_is_given_in_the_end_and_nothing_twice()
    {
        await PublishManyAsync(700, "s1", "s2", "s3");
        await PublishFifoAsync("fifo");

        var claims = await ClaimAllAsync(max: 90, perSubscription: 40);

        claims.Should().HaveCount(2101).And.OnlyHaveUniqueItems(c => c.Id);
    }

    [Fact]
    public async Task More_fifo_subscriptions_than_fit_in_a_claim_take_turns_with_the_others()
    {
        for (var i = 0; i < 12; i++)
        {
            await PublishFifoAsync($"f{i:00}");
        }

        await PublishManyAsync(3, "unordered");

        var claims = new List<ClaimedDelivery>();
        for (var i = 0; i < 4; i++)
        {
            claims.AddRange(await ClaimAsync(max: 5));
        }

        claims.Select(c => c.SubscriptionId).Distinct().Should().HaveCount(13);
        claims.Should().HaveCount(15);
    }
}
