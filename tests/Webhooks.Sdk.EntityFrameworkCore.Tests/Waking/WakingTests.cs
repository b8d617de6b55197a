using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Waking;

/// <summary>The relay of these hosts polls once an hour: what arrives was announced by the commit.</summary>
public sealed class WakingTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_save_without_a_transaction_wakes_the_relay()
    {
        await ExpectAsync(async db =>
        {
            db.PublishWebhook("a", "1", "project-42");
            await db.SaveChangesAsync(Cancel);
        });
    }

    [Fact]
    public async Task A_synchronous_save_wakes_the_relay()
    {
        await ExpectAsync(db =>
        {
            db.PublishWebhook("a", "1", "project-42");
#pragma warning disable CA1849 // The synchronous way is what is tested.
            db.SaveChanges();
#pragma warning restore CA1849
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task The_commit_of_an_explicit_transaction_wakes_the_relay()
    {
        await ExpectAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            db.PublishWebhook("a", "1", "project-42");
            await db.SaveChangesAsync(Cancel);
            await transaction.CommitAsync(Cancel);
        });
    }

    [Fact]
    public async Task The_commit_of_a_retried_transaction_wakes_the_relay()
    {
        await ExpectAsync(db => db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            async () =>
            {
                db.PublishWebhook("a", "1", "project-42");
                await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancel);
            },
            () => Task.FromResult(false)));
    }

    [Fact]
    public async Task The_end_of_a_transaction_scope_wakes_the_relay()
    {
        await ExpectAsync(async db =>
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            db.PublishWebhook("a", "1", "project-42");
            await db.SaveChangesAsync(Cancel);
            scope.Complete();
        });
    }

    [Fact]
    public async Task What_another_process_committed_is_found_by_polling()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var writer = await ReviewHost.StartAsync(database, relay: o => o.Enabled = false);
        await using var relay = await ReviewHost.StartAsync(database, relay: o => o.PollInterval = TimeSpan.FromMilliseconds(50));
        await relay.SubscribeAsync(receiver);

        await writer.DoAsync(async db =>
        {
            db.PublishWebhook("a", "1", "project-42");
            await db.SaveChangesAsync(Cancel);
        });

        await receiver.UntilAsync(1);
    }

    private async Task ExpectAsync(Func<ReviewDb, Task> publish)
    {
        await using var receiver = await Receiver.StartAsync();
        var statements = new Statements();
        await using var host = await ReviewHost.StartAsync(await postgres.NewDatabaseAsync(), context: o => o.AddInterceptors(statements));
        await host.SubscribeAsync(receiver);

        // After the first event the relay has looked and found nothing more: only a signal brings the second.
        await host.DoAsync(async db =>
        {
            db.PublishWebhook("first", "1", "project-42");
            await db.SaveChangesAsync(Cancel);
        });
        await statements.UntilDeletedAsync(1);
        await host.DoAsync(publish);

        (await receiver.UntilAsync(2)).Select(r => r.Type).Should().BeEquivalentTo("first", "a");
        await statements.UntilDeletedAsync(2);
        (await host.OutboxAsync()).Should().BeEmpty();
    }
}
