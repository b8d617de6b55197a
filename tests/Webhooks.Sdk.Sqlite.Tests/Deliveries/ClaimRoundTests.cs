using System.Globalization;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Sqlite.Tests.Deliveries;

/// <summary>A claim of this store walks an index where much is due, and not for longer than some milliseconds: the round still reaches everybody.</summary>
public sealed class ClaimRoundTests : DeliveryConformance<SqliteFixture>
{
    [Fact]
    public async Task Thousands_that_wait_for_a_retry_hide_neither_the_few_that_are_due_nor_the_large_backlog()
    {
        string[] waiting = [.. Enumerable.Range(0, 2500).Select(i => i.ToString("'m'00000", CultureInfo.InvariantCulture))];
        await PublishAsync(waiting);
        var claims = await ClaimAllAsync(max: 1000);
        await Deliveries.RecordAsync([.. claims.Select(c => new DeliveryRecord(c, null, RetryIn(TimeSpan.FromHours(1))))], Cancel);
        await PublishManyAsync(600, "big");
        await PublishAsync("a-small", "m01200-small", "z-small");

        var served = new Dictionary<string, int>();
        for (var i = 0; i < 10; i++)
        {
            foreach (var group in (await ClaimAsync(max: 50, perSubscription: 20)).GroupBy(c => c.SubscriptionId))
            {
                group.Count().Should().BeLessThanOrEqualTo(20, "whichever way it was found");
                served[group.Key] = served.GetValueOrDefault(group.Key) + group.Count();
            }
        }

        served.Keys.Should().BeEquivalentTo("big", "a-small", "m01200-small", "z-small");
        served["big"].Should().Be(10 * 20, "it is served by every claim");
    }

    [Fact]
    public async Task Many_that_are_due_are_all_served_in_turn()
    {
        string[] subscriptions = [.. Enumerable.Range(0, 300).Select(i => i.ToString("'s'000", CultureInfo.InvariantCulture))];
        for (var i = 0; i < 4; i++)
        {
            await PublishAsync(subscriptions);
        }

        // 1,200 are due; 300 subscriptions by 20 are 15 claims for a round.
        var served = new List<string>();
        for (var i = 0; i < 15; i++)
        {
            served.AddRange((await ClaimAsync(max: 20, perSubscription: 1)).Select(c => c.SubscriptionId));
        }

        served.Should().OnlyHaveUniqueItems().And.HaveCount(300);
    }
}
