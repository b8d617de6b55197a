using System.Diagnostics;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Deliveries;
using Webhooks.Sdk.PostgreSql.Schema;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

public sealed class NodesTests : DeliveryConformance<PostgreSqlFixture>
{
    private static readonly ClaimRequest Some = new() { MaxCount = 11, MaxPerSubscription = 4, Lease = Lease };

    [Fact]
    public async Task Four_nodes_deliver_everything_once_while_more_is_published()
    {
        PostgreSqlDeliveryStore[] nodes = [Fixture.First.Deliveries, .. Enumerable.Range(0, 3).Select(_ => Fixture.OpenNode().Deliveries)];
        var delivered = new List<Guid>();
        const int Total = 4 * 25 * 3;

        async Task WorkAsync(PostgreSqlDeliveryStore node)
        {
            while (true)
            {
                var claims = await node.ClaimAsync(Some, Cancel);
                if (claims.Count > 0)
                {
                    var lost = await node.RecordAsync([.. claims.Select(c => new DeliveryRecord(c, Sample.Ok(Fixture.UtcNow), Delivered))], Cancel);
                    lost.Should().BeEmpty();
                }

                lock (delivered)
                {
                    delivered.AddRange(claims.Select(c => c.Id));
                    if (delivered.Count >= Total)
                    {
                        return;
                    }
                }

                await node.WaitAsync(TimeSpan.FromMilliseconds(100), Cancel);
            }
        }

        async Task PublishAsync(PostgreSqlDeliveryStore node)
        {
            for (var i = 0; i < 25; i++)
            {
                await node.EnqueueAsync([new(Sample.Event(), [new("s1"), new("s2"), new("fifo", DeliveryOrdering.Fifo)])], null, Cancel);
            }
        }

        await Task.WhenAll(nodes.SelectMany(n => new[] { Task.Run(() => WorkAsync(n), Cancel), Task.Run(() => PublishAsync(n), Cancel) })).WaitAsync(Soon * 3, Cancel);

        delivered.Should().HaveCount(Total).And.OnlyHaveUniqueItems();
        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(0);
    }

    [Fact]
    public async Task Another_nodes_publication_ends_the_wait_within_100_milliseconds()
    {
        var other = Fixture.OpenNode();
        await other.Database.ReadyAsync(Cancel);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 20 && best > TimeSpan.FromMilliseconds(100); i++)
        {
            await ClaimAsync();
            var wait = Deliveries.WaitAsync(TimeSpan.FromMinutes(1), Cancel).AsTask();
            var started = Stopwatch.GetTimestamp();
            await other.Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], null, Cancel);

            await wait.WaitAsync(Soon, Cancel);

            // The best of some: the machine may be busy with other tests, the way of a hint is not.
            var elapsed = Stopwatch.GetElapsedTime(started);
            best = elapsed < best ? elapsed : best;
        }

        best.Should().BeLessThan(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task Four_nodes_that_start_at_once_make_one_schema()
    {
        await Fixture.ExecuteAsync($"CREATE TABLE {Fixture.Schema}.unrelated (id int)");
        var nodes = Enumerable.Range(0, 4).Select(_ => Fixture.OpenNode()).ToList();

        await Task.WhenAll(nodes.Select(n => Task.Run(async () => await n.Database.ReadyAsync(Cancel), Cancel)));

        (await Fixture.ReadAsync<long>($"SELECT count(*) FROM {Fixture.Schema}.schema_versions")).Should().Be(PostgreSqlSchema.Version);
        await nodes[3].Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], null, Cancel);
        await ClaimOneAsync();
    }
}
