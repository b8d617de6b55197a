using System.Diagnostics;
using Webhooks.Sdk.Conformance.Subscriptions;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Subscriptions;

public sealed class OtherNodesTests : SubscriptionConformance<PostgreSqlFixture>
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    // Who listens does not ask, and who is deaf hears nothing, so each sees it in its own way; when is not this test's business.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_is_seen_by_another_node_whether_it_listens_or_asks(bool listens)
    {
        var other = Fixture.OpenNode(o => o.Listen = listens);
        (await other.Subscriptions.MatchAsync(Tenant, "any", Cancel)).Should().BeEmpty();

        var started = Stopwatch.GetTimestamp();
        await AddAsync("s1");
        while ((await other.Subscriptions.MatchAsync(Tenant, "any", Cancel)).Count == 0)
        {
            Stopwatch.GetElapsedTime(started).Should().BeLessThan(Soon);
            await Task.Delay(Look, Cancel);
        }
    }

    [Fact]
    public async Task Who_comes_second_with_the_same_subscription_has_it_for_the_next_event()
    {
        var other = Fixture.OpenNode(o => o.Listen = false);
        (await other.Subscriptions.MatchAsync(Tenant, "any", Cancel)).Should().BeEmpty();
        await AddAsync("s1");

        (await other.Subscriptions.AddAsync(New("s1"), null, Cancel)).Should().Be(Webhooks.Sdk.Subscriptions.AddOutcome.DuplicateId);

        (await other.Subscriptions.MatchAsync(Tenant, "any", Cancel)).Should().ContainSingle();
    }

    [Fact]
    public async Task Nodes_that_add_at_once_keep_the_limit_together()
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => Fixture.OpenNode().Subscriptions).ToList();

        var outcomes = await Task.WhenAll(nodes.SelectMany((n, i) => Enumerable.Range(0, 5).Select(j => Task.Run(
            async () => await n.AddAsync(New($"s{i}{j}"), 4, Cancel), Cancel))));

        outcomes.Count(o => o == Webhooks.Sdk.Subscriptions.AddOutcome.Added).Should().Be(4);
        (await ListAsync(new())).Should().HaveCount(4);
    }
}
