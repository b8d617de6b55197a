using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Sqlite.Tests.Deliveries;

public sealed class HostTransactionTests : DeliveryConformance<SqliteFixture>
{
    [Fact]
    public async Task The_events_live_and_die_with_the_hosts_own_rows()
    {
        await using (var transaction = (SqliteTransaction)await Fixture.BeginTransactionAsync())
        {
            Execute(transaction, "CREATE TABLE reviews (id INTEGER); INSERT INTO reviews VALUES (7)");
            await Deliveries.EnqueueAsync([To(Sample.Event("evt_kept"), "s1")], transaction, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        await using (var transaction = (SqliteTransaction)await Fixture.BeginTransactionAsync())
        {
            Execute(transaction, "INSERT INTO reviews VALUES (8)");
            await Deliveries.EnqueueAsync([To(Sample.Event("evt_dropped"), "s1")], transaction, Cancel);
            await transaction.RollbackAsync(Cancel);
        }

        (await ClaimOneAsync()).Event.Id.Should().Be("evt_kept");
    }

    [Fact]
    public async Task A_fifo_subscription_keeps_its_order_across_both_ways_of_publishing()
    {
        var first = await PublishFifoAsync("fifo");
        var second = Sample.Event();
        await using (var transaction = await Fixture.BeginTransactionAsync())
        {
            await Deliveries.EnqueueAsync([new(second, [new DeliveryTarget("fifo", DeliveryOrdering.Fifo)])], transaction, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        var head = await ClaimOneAsync();
        head.Event.Id.Should().Be(first.Id);
        await RecordAsync(head, Delivered);
        (await ClaimOneAsync()).Event.Id.Should().Be(second.Id);
    }

    [Fact]
    public async Task A_transaction_of_another_file_is_refused_by_name()
    {
        await Deliveries.GetBacklogAsync(Cancel);
        var other = Path.Combine(Fixture.Directory, "other.db");
        await using var transaction = await Fixture.OpenConnection($"Data Source={other};Pooling=False").BeginTransactionAsync(Cancel);

        (await EnqueueIn(transaction).Should().ThrowAsync<WebhookException>()).WithMessage($"*{Fixture.FileName}*{other}*UseSqlite*");
    }

    [Fact]
    public async Task A_transaction_of_another_database_is_refused()
    {
        await using var transaction = new OtherTransaction();

        (await EnqueueIn(transaction).Should().ThrowAsync<WebhookException>()).WithMessage($"*{Fixture.FileName}*{nameof(OtherTransaction)}*");
    }

    [Fact]
    public async Task A_transaction_that_has_ended_is_refused()
    {
        var transaction = await Fixture.BeginTransactionAsync();
        await transaction.CommitAsync(Cancel);

        (await EnqueueIn(transaction).Should().ThrowAsync<WebhookException>()).WithMessage("*ended*");
    }

    [Fact]
    public async Task Publishing_beside_an_open_transaction_of_the_host_reads_and_does_not_wait()
    {
        // Matching subscriptions and the worker's idle poll must not need the write lock that the host holds.
        await using var transaction = await Fixture.BeginTransactionAsync();

        (await Subscriptions.MatchAsync("t", "any", Cancel)).Should().BeEmpty();
        (await ClaimAsync()).Should().BeEmpty();
        await Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], transaction, Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private Func<Task> EnqueueIn(DbTransaction transaction) => () => Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], transaction, Cancel).AsTask();

    private static void Execute(SqliteTransaction transaction, string sql)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class OtherTransaction : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

        protected override DbConnection? DbConnection => null;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }
}
