using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

/// <summary>The server committed, and the connection broke before it could say so.</summary>
public sealed class LostAnswerTests : DeliveryConformance<PostgreSqlFixture>, IAsyncDisposable
{
    private readonly CuttingProxy _proxy = new(Cluster.ConnectionString);

    // Not prepared, so that a statement is one request and its answer one answer.
    private Node NodeBehindTheProxy() => Fixture.OpenNode(
        o =>
        {
            o.PrepareStatements = false;
            o.Listen = false;
            o.EnqueueConnections = 1;
        },
        _proxy.ConnectionString);

    [Fact]
    public async Task A_publication_whose_commit_was_not_acknowledged_is_stored_once_and_reported_as_new()
    {
        var node = NodeBehindTheProxy();
        await node.Deliveries.EnqueueAsync([To(Sample.Event(), "warm-up")], null, Cancel);
        var events = Enumerable.Range(0, 3).Select(_ => Sample.Event()).ToList();

        _proxy.CutNextAnswer();
        var stored = await node.Deliveries.EnqueueAsync([.. events.Select(e => To(e, "s1", "s2"))], null, Cancel);

        _proxy.Cuts.Should().Be(1);
        stored.Should().Equal(true, true, true);
        (await ClaimAsync(excluded: "warm-up")).Should().HaveCount(6).And.OnlyHaveUniqueItems(c => c.Id);
        (await node.Deliveries.EnqueueAsync([To(events[0], "s1")], null, Cancel)).Should().Equal(false);
    }

    [Fact]
    public async Task What_somebody_else_published_under_the_same_id_is_still_a_duplicate()
    {
        var node = NodeBehindTheProxy();
        var known = await PublishAsync("s1");
        await node.Deliveries.EnqueueAsync([To(Sample.Event(), "warm-up")], null, Cancel);

        _proxy.CutNextAnswer();
        var stored = await node.Deliveries.EnqueueAsync([To(known, "s1"), To(Sample.Event(), "s1")], null, Cancel);

        _proxy.Cuts.Should().Be(1);
        stored.Should().Equal(false, true);
    }

    [Fact]
    public async Task A_result_whose_commit_was_not_acknowledged_is_recorded_once_and_not_lost()
    {
        var node = NodeBehindTheProxy();
        var events = await PublishManyAsync(2, "s1");
        var claims = await node.Deliveries.ClaimAsync(new ClaimRequest { MaxCount = 10, MaxPerSubscription = 10, Lease = Lease }, Cancel);

        _proxy.CutNextAnswer();
        var lost = await node.Deliveries.RecordAsync(
            [new(claims[0], Sample.Ok(Fixture.UtcNow), Delivered), new(claims[1], Sample.ServerError(Fixture.UtcNow), RetryIn(TimeSpan.FromMinutes(1)))], Cancel);

        _proxy.Cuts.Should().Be(1);
        lost.Should().BeEmpty();
        (await AttemptsAsync(new DeliveryQuery())).Should().HaveCount(2).And.NotContain(a => a.Outcome == null);
        (await FindAsync(events[0], "s1")).State.Should().Be(DeliveryState.Delivered);
        (await FindAsync(events[1], "s1")).Attempts.Should().Be(1);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _proxy.DisposeAsync();
    }
}
