using System.Globalization;
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

        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Cluster.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        (await ReadAsync(connection, $"SELECT reltuples FROM pg_class WHERE oid = '{Fixture.Schema}.deliveries'::regclass")).Should().Be("0", "that is what this is about");

        var sql = new DeliverySql(Fixture.Schema, "now()");
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await LooksUpAsync(connection, sql.IndexesOnly, sql.Claim, sql.PutBackEnded, sql.FailPending);
        await LooksUpAsync(connection, sql.ListsOnly, sql.RecordDelivered, sql.Record, sql.Renew, sql.Release, sql.RemoveOrphans);
    }

    private async Task LooksUpAsync(NpgsqlConnection connection, string settings, params string[] statements)
    {
        await ReadAsync(connection, settings);
        foreach (var statement in statements)
        {
            var count = Parameter().Matches(statement).Select(m => int.Parse(m.ValueSpan[1..], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
            await ReadAsync(connection, $"PREPARE planned AS {statement}");
            var plan = await ReadAsync(connection, $"EXPLAIN (COSTS OFF) EXECUTE planned {(count == 0 ? "" : $"({string.Join(", ", Enumerable.Repeat("NULL", count))})")}");
            await ReadAsync(connection, "DEALLOCATE planned");
            output.WriteLine(plan);

            plan.Should().Contain("deliveries_pkey on deliveries");
            OverAll().IsMatch(plan).Should().BeFalse("a scan of deliveries_pkey without a condition reads the whole queue");
        }
    }

    private static async Task<string> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancel))
        {
            lines.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"deliveries_pkey on deliveries[^\n]*(\n(?!\s+Index Cond)|$)")]
    private static partial Regex OverAll();

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Parameter();
}
