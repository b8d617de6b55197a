using System.Text.RegularExpressions;
using Npgsql;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.PostgreSql.Deliveries;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

/// <summary>
/// A queue that was vacuumed while nothing was in it is taken for empty by the planner, however much comes into it before the next vacuum; and a
/// plan that goes over all of an empty table is cheap.
/// </summary>
public sealed partial class EmptyWhenVacuumedTests(ITestOutputHelper output) : DeliveryConformance<PostgreSqlFixture>
{
    [Fact]
    public async Task Each_statement_looks_its_deliveries_up_and_never_goes_over_all_of_them()
    {
        await Deliveries.GetBacklogAsync(Cancel);
        await Fixture.ExecuteAsync($"""
            INSERT INTO {Fixture.Schema}.deliveries (id, event_id, event_stored_at, tenant_id, subscription_id, due_at, lease_token, fifo)
                SELECT gen_random_uuid(), 'e', now(), 't', 's', now() + interval '1 minute', gen_random_uuid(), false FROM generate_series(1, 3000)
            """);
        await Fixture.ExecuteAsync($"DELETE FROM {Fixture.Schema}.deliveries");
        await Fixture.ExecuteAsync($"VACUUM (INDEX_CLEANUP ON, TRUNCATE OFF) {Fixture.Schema}.deliveries");

        await using var connection = await Plans.ConnectAsync(Cancel);
        (await Plans.RunAsync(connection, $"SELECT reltuples FROM pg_class WHERE oid = '{Fixture.Schema}.deliveries'::regclass", Cancel)).Should().Be("0", "that is what this is about");

        var sql = new DeliverySql(Fixture.Schema, "now()");
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await LooksUpAsync(connection, sql.IndexesOnly, sql.Claim, sql.PutBackEnded, sql.FailPending);
        await LooksUpAsync(connection, sql.ListsOnly, sql.RecordDelivered, sql.Record, sql.Renew, sql.Release, sql.RemoveOrphans);
    }

    private async Task LooksUpAsync(NpgsqlConnection connection, string settings, params string[] statements)
    {
        await Plans.RunAsync(connection, settings, Cancel);
        foreach (var statement in statements)
        {
            var plan = await Plans.ReadAsync(connection, statement, Cancel);
            output.WriteLine(plan);

            plan.Should().Contain("deliveries_pkey on deliveries");
            OverAll().IsMatch(plan).Should().BeFalse("a scan of deliveries_pkey without a condition reads the whole queue");
        }
    }

    [GeneratedRegex(@"deliveries_pkey on deliveries[^\n]*(\n(?!\s+Index Cond)|$)")]
    private static partial Regex OverAll();
}
