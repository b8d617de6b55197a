using System.Data;
using System.Data.Common;
using Npgsql;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

public sealed class HostTransactionTests : DeliveryConformance<PostgreSqlFixture>
{
    [Fact]
    public async Task A_transaction_of_another_provider_is_refused_with_the_way_out()
    {
        var enqueue = async () => await Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], new ForeignTransaction(), Cancel);

        (await enqueue.Should().ThrowAsync<WebhookException>()).WithMessage("*ForeignTransaction*NpgsqlTransaction*");
    }

    [Fact]
    public async Task A_transaction_that_is_over_is_refused()
    {
        var transaction = await Fixture.BeginTransactionAsync();
        await transaction.CommitAsync(Cancel);

        var enqueue = async () => await Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], transaction, Cancel);

        (await enqueue.Should().ThrowAsync<WebhookException>()).WithMessage("*is over*");
    }

    [Fact]
    public async Task A_transaction_of_another_database_is_refused()
    {
        await Deliveries.GetBacklogAsync(Cancel);
        await using var elsewhere = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Cluster.ConnectionString) { Database = "template1" }.ConnectionString);
        await using var connection = await elsewhere.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        var enqueue = async () => await Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], transaction, Cancel);

        (await enqueue.Should().ThrowAsync<WebhookException>()).WithMessage("*'template1'*UsePostgreSql*");
    }

    [Fact]
    public async Task The_hosts_settings_are_left_as_they_were()
    {
        await using var transaction = (NpgsqlTransaction)await Fixture.BeginTransactionAsync();
        await Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], transaction, Cancel);

        await using var command = new NpgsqlCommand("SELECT current_setting('enable_seqscan')", transaction.Connection, transaction);
        (await command.ExecuteScalarAsync(Cancel)).Should().Be("on");
    }

    private sealed class ForeignTransaction : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

        protected override DbConnection? DbConnection => null;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }
}
