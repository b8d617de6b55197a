using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

public sealed class BrokenConnectionTests : DeliveryConformance<PostgreSqlFixture>
{
    [Fact]
    public async Task What_is_acknowledged_while_backends_are_terminated_is_there_and_nothing_twice()
    {
        var acknowledged = new List<string>();

        async Task PublishAsync(int publisher)
        {
            for (var i = 0; i < 30; i++)
            {
                var @event = Sample.Event();
                (await Deliveries.EnqueueAsync([To(@event, "s1", "s2")], null, Cancel)).Should().Equal(true);
                lock (acknowledged)
                {
                    acknowledged.Add(@event.Id);
                }

                if (publisher == 0 && i % 5 == 4)
                {
                    await TerminateBackendsAsync();
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(p => Task.Run(() => PublishAsync(p), Cancel)));

        var claimed = await DeliverAllAsync(acknowledged.Count * 2);
        claimed.Select(c => c.Id).Should().OnlyHaveUniqueItems();
        claimed.Where(c => c.SubscriptionId == "s1").Select(c => c.Event.Id).Should().BeEquivalentTo(acknowledged);
        claimed.Should().HaveCount(acknowledged.Count * 2);
        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_node_hears_again_after_its_listening_connection_was_terminated()
    {
        var other = Fixture.OpenNode();
        await other.Database.ReadyAsync(Cancel);
        (await ClaimAsync()).Should().BeEmpty();
        await TerminateBackendsAsync();
        WebhookEvent? published = null;

        // Deaf for about a second; what is published meanwhile is found by asking, later the hint comes again.
        for (var i = 0; i < 50; i++)
        {
            var wait = Deliveries.WaitAsync(TimeSpan.FromMinutes(1), Cancel).AsTask();
            published ??= await PublishOnAsync(other);
            await wait.WaitAsync(Soon, Cancel);
            if ((await ClaimAsWorkerAsync()).Any(c => c.Event.Id == published.Id))
            {
                return;
            }
        }

        Assert.Fail("The node did not hear of the other one's publication.");
    }

    // As a worker does: a claim that meets a dead connection is logged and made again. A pool of a hundred has no more dead ones than that.
    private async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsWorkerAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ClaimAsync();
            }
            catch (Exception e) when (ConnectionFailure.Is(e) && attempt < 100)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(e.Message);
            }
        }
    }

    private static async Task<WebhookEvent> PublishOnAsync(Node node)
    {
        var @event = Sample.Event();
        await node.Deliveries.EnqueueAsync([To(@event, "s1")], null, Cancel);
        return @event;
    }

    // What a claim that met a dead connection may have claimed comes back with its lease.
    private async Task<List<ClaimedDelivery>> DeliverAllAsync(int count)
    {
        var all = new List<ClaimedDelivery>();
        for (var empty = 0; all.Count < count && empty < 3;)
        {
            var some = await ClaimAsWorkerAsync();
            (await Deliveries.RecordAsync([.. some.Select(c => new DeliveryRecord(c, Sample.Ok(Fixture.UtcNow), Delivered))], Cancel)).Should().BeEmpty();
            all.AddRange(some);
            if (some.Count == 0)
            {
                empty++;
                await Fixture.AdvanceAsync(Lease);
            }
        }

        return all;
    }

    // Of this test's nodes only.
    private async Task TerminateBackendsAsync()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(Cluster.ConnectionString);
        await using var command = source.CreateCommand(
            $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '{Fixture.Schema}'");
        ((long)(await command.ExecuteScalarAsync(Cancel))!).Should().BePositive();
    }
}
