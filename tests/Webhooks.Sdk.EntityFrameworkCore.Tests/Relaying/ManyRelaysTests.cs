using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Relaying;

public sealed class ManyRelaysTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_relays_on_one_outbox_deliver_each_event_once_and_in_order()
    {
        const int events = 150;
        var database = await postgres.NewDatabaseAsync();
        await using var receiver = await Receiver.StartAsync();
        await using (var application = await ReviewHost.StartAsync(database, w => w.UsePostgreSql(database), relay: o => o.Enabled = false))
        {
            await application.DoAsync(async db =>
            {
                for (var i = 0; i < events; i++)
                {
                    db.PublishWebhook("a", $"{i}", "project-42");
                }

                await db.SaveChangesAsync(Cancel);
            });
        }

        // All three find all of it at their start, so they contend for every batch.
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ReviewHost.StartAsync(
            database,
            w => w.UsePostgreSql(database).Subscribe(receiver, DeliveryOrdering.Fifo),
            o =>
            {
                o.BatchSize = 5;
                o.PollInterval = TimeSpan.FromMilliseconds(20);
            })));
        await receiver.UntilAsync(events);
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        receiver.All.Select(r => r.Data).Should().Equal(Enumerable.Range(0, events).Select(i => $"{i}"));
    }

    [Fact]
    public async Task A_relay_that_dies_after_the_publication_is_made_good_without_a_second_delivery()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var receiver = await Receiver.StartAsync();
        var statements = new Statements();
        statements.BreakDeletes(3);
        await using var host = await ReviewHost.StartAsync(
            database, w => w.UsePostgreSql(database).Subscribe(receiver), context: o => o.AddInterceptors(statements));
        await host.DoAsync(async db =>
        {
            db.PublishWebhook("a", "1", "project-42");
            await db.SaveChangesAsync(Cancel);
        });

        await statements.UntilDeletedAsync(1);
        await host.DoAsync(async db =>
        {
            db.PublishWebhook("last", "1", "project-42");
            await db.SaveChangesAsync(Cancel);
        });
        var all = await receiver.UntilAsync(received => received.Any(r => r.Type == "last"));

        statements.BrokenDeletes.Should().Be(3);
        all.Count(r => r.Type == "a").Should().Be(1);
    }
}
