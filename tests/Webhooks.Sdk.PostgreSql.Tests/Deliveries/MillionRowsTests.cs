using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Deliveries;
using Webhooks.Sdk.PostgreSql.Summaries;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

/// <summary>One queue with a million rows for all of it; filling it is most of the time.</summary>
public sealed partial class MillionRowsTests(ITestOutputHelper output) : DeliveryConformance<PostgreSqlFixture>
{
    private const int Million = 1_000_000;

    [Fact]
    public async Task Claims_stay_fast_and_every_statement_uses_its_index()
    {
        await Deliveries.GetBacklogAsync(Cancel);
        await FillAsync(1000, "'s' || i % 50");
        var few = await PagesOfClaimAsync("claim(1000, '{}', '{}', 20, '', '', 20, 20, 60000000)");
        var fewTime = await FastestClaimAsync();

        await FillAsync(Million, "CASE WHEN i <= 100000 THEN 'first' ELSE 's' || i % 1000 END");
        var head = await PagesOfClaimAsync("claim(1000, '{}', '{}', 20, '', '', 20, 20, 60000000)");
        var headExcluded = await PagesOfClaimAsync("claim(1000, '{}', '{first}', 20, '', '', 20, 20, 60000000)");
        var round = await PagesOfClaimAsync("claim(0, '{s1,s2,s3}', '{first}', 20, '', '', 20, 20, 60000000)");
        var walk = await PagesOfClaimAsync("due('', 2000, '{first}', 200)");
        output.WriteLine(
            $"pages: {few} for a claim of 20 at 1,000 rows; at 1,000,000: {head}, {headExcluded} with the oldest 100,000 excluded, {round} in a round, {walk} to find 200 for it");
        output.WriteLine(
            $"fastest claim of 20: {fewTime:0.00} ms at 1,000 rows; at 1,000,000: {await FastestClaimAsync():0.00} ms, {await FastestClaimAsync("first"):0.00} ms with the oldest 100,000 excluded");

        // Pages, because they do not depend on what else the machine is doing.
        head.Should().BeLessThan(few * 2);
        headExcluded.Should().BeLessThan(few * 2);
        round.Should().BeLessThan(few * 2);
        walk.Should().BeLessThan(200 * 10, "each step goes down the index once");
        await PlansAsync();
    }

    private async Task PlansAsync()
    {
        var sql = new DeliverySql(Fixture.Schema, "now()");
        var log = new DeliveryLogSql(Fixture.Schema, "now()");
        var recovery = new SendAgainSql(Fixture.Schema, "now()");
        await using var connection = await ConnectAsync();
        await RunAsync(connection, "SET plan_cache_mode = force_generic_plan");

        // The queue's own statements, with no statistics at all: the settings that go before them decide.
        await using (var transaction = await connection.BeginTransactionAsync(Cancel))
        {
            await RunAsync(connection, sql.IndexesOnly);
            await RunAsync(connection, sql.TakeFifoTurn);
            (await PlanAsync(connection, sql.Claim)).Should().ContainAll(
                "deliveries_due", "deliveries_subscription_due", "deliveries_fifo on", "deliveries_fifo_leased", "deliveries_leased", "deliveries_pkey");
            (await PlanAsync(connection, sql.PutBackEnded)).Should().ContainAll("deliveries_leased", "deliveries_pkey");
            (await PlanAsync(connection, sql.FindDueSubscriptions)).Should().Contain("deliveries_subscription_due");
            (await PlanAsync(connection, sql.ReadEvents)).Should().Contain("_pkey");
            (await PlanAsync(connection, sql.FailPending)).Should().ContainAll("deliveries_subscription", "deliveries_pkey");
            await RunAsync(connection, sql.ListsOnly);
            (await PlanAsync(connection, sql.Renew)).Should().Contain("deliveries_pkey");
            (await PlanAsync(connection, sql.Release)).Should().Contain("deliveries_pkey");
            (await PlanAsync(connection, sql.RemoveOrphans)).Should().Contain("deliveries_pkey");
            (await PlanAsync(connection, sql.Record)).Should().Contain("deliveries_pkey");
        }

        await RunAsync(connection, $"ANALYZE {Fixture.Schema}.deliveries, {Fixture.Schema}.event_keys");

        // Joining a few hundred new keys by nested loops would be quadratic.
        (await PlanAsync(connection, sql.Enqueue)).Should().NotContain("Nested Loop");
        (await PlanAsync(connection, sql.FindOwnKeys)).Should().Contain("event_keys_pkey");
        (await PlanAsync(connection, log.FindEvent)).Should().Contain("event_keys_pkey");
        (await PlanAsync(connection, log.ListPending(new DeliveryQuery(), 3))).Should().ContainAll("deliveries_sequence", "deliveries_leased");
        (await PlanAsync(connection, log.ListPending(new DeliveryQuery { TenantId = "t" }, 4))).Should().ContainAll("deliveries_tenant", "deliveries_leased");
        (await PlanAsync(connection, log.ListPending(new DeliveryQuery { SubscriptionId = "s" }, 4))).Should().Contain("deliveries_subscription on");
        (await PlanAsync(connection, log.ListPending(new DeliveryQuery { SubscriptionId = "s", TenantId = "t" }, 5))).Should().Contain("deliveries_subscription on");
        (await PlanAsync(connection, log.ListPending(new DeliveryQuery { EventId = "e" }, 4))).Should().Contain("deliveries_pkey");
        (await PlanAsync(connection, log.ListPending(new DeliveryQuery { DeliveryId = Guid.NewGuid() }, 4))).Should().Contain("deliveries_pkey");
        (await PlanAsync(connection, log.ListFailed(new DeliveryQuery { TenantId = "t" }))).Should().Contain("failed_deliveries_tenant");
        (await PlanAsync(connection, log.ListAttempts(new DeliveryQuery(), 3))).Should().NotContain("Seq Scan").And.NotContain("Sort Key: attempts");
        (await PlanAsync(connection, log.ListAttempts(new DeliveryQuery { TenantId = "t" }, 4))).Should().Contain("_tenant_id_sequence_idx").And.NotContain("Seq Scan");
        (await PlanAsync(connection, log.ListAttempts(new DeliveryQuery { SubscriptionId = "s" }, 4))).Should().Contain("_subscription_id_sequence_idx").And.NotContain("Seq Scan");
        (await PlanAsync(connection, log.ListDelivered(new DeliveryQuery { TenantId = "t" }, 4))).Should().Contain("_tenant_id_delivery_sequence_idx").And.NotContain("Seq Scan");
        (await PlanAsync(connection, log.ListDelivered(new DeliveryQuery { EventId = "e" }, 4))).Should().Contain("_pkey").And.NotContain("Seq Scan");
        (await PlanAsync(connection, log.ListAttempts(new DeliveryQuery { EventId = "e" }, 4))).Should().ContainAll("_pkey", "_event_id_sequence_idx").And.NotContain("Seq Scan");
        var summaries = new PostgreSqlAttemptSummarySql(Fixture.Schema, "now()");
        await RunAsync(connection, "SET enable_seqscan = off");
        (await PlanAsync(connection, summaries.RollUp)).Should().MatchRegex(@"attempts_\d+_expr_idx").And.NotContain("_pkey on attempts_");
        (await PlanAsync(connection, summaries.Read)).Should().MatchRegex(@"attempts_\d+_expr_idx").And.NotContain("_pkey on attempts_");
        await RunAsync(connection, "RESET enable_seqscan");
        (await PlanAsync(connection, recovery.IsPending)).Should().Contain("deliveries_pkey");
        (await PlanAsync(connection, recovery.Recover)).Should().Contain("deliveries_pkey");
    }

    // Indexes are made after the rows: that is much faster, and the same indexes.
    private async Task FillAsync(int rows, string subscription) => await Fixture.ExecuteAsync($"""
        DO $fill$
        DECLARE definitions text[]; definition text; name text; at timestamptz := date_trunc('second', now());
        BEGIN
            SELECT array_agg(indexdef) INTO definitions FROM pg_indexes
                WHERE schemaname = '{Fixture.Schema}' AND tablename = 'deliveries' AND indexname <> 'deliveries_pkey';
            FOR name IN SELECT indexname FROM pg_indexes
                WHERE schemaname = '{Fixture.Schema}' AND tablename = 'deliveries' AND indexname <> 'deliveries_pkey'
            LOOP EXECUTE 'DROP INDEX {Fixture.Schema}.' || name; END LOOP;

            TRUNCATE {Fixture.Schema}.deliveries, {Fixture.Schema}.events, {Fixture.Schema}.event_keys;
            INSERT INTO {Fixture.Schema}.events (id, stored_at, type, tenant_id, created_at, data, target_count)
                VALUES ('e', at, 'type', 'tenant', at, '1', {rows.ToString(CultureInfo.InvariantCulture)});
            INSERT INTO {Fixture.Schema}.event_keys VALUES ('e', at, gen_random_uuid());
            INSERT INTO {Fixture.Schema}.event_keys
                SELECT 'other-' || i, at, gen_random_uuid() FROM generate_series(1, {(rows / 10).ToString(CultureInfo.InvariantCulture)}) i;
            INSERT INTO {Fixture.Schema}.deliveries (id, event_id, event_stored_at, tenant_id, subscription_id, due_at, fifo)
                SELECT gen_random_uuid(), 'e', at, 'tenant', {subscription}, at - interval '1 hour' + i * interval '1 microsecond', false
                FROM generate_series(1, {rows.ToString(CultureInfo.InvariantCulture)}) i;

            FOREACH definition IN ARRAY definitions LOOP EXECUTE definition; END LOOP;
        END $fill$
        """);

    // The pages that a statement touches, in a transaction that is rolled back.
    private async Task<int> PagesOfClaimAsync(string execute)
    {
        var sql = new DeliverySql(Fixture.Schema, "now()");
        await using var connection = await ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await RunAsync(connection, "SET LOCAL plan_cache_mode = force_generic_plan");
        await RunAsync(connection, sql.IndexesOnly);
        await RunAsync(connection, sql.TakeFifoTurn);
        await RunAsync(connection, $"PREPARE claim AS {sql.Claim}");
        await RunAsync(connection, $"PREPARE due AS {sql.FindDueSubscriptions}");
        await RunAsync(connection, $"EXPLAIN (ANALYZE) EXECUTE {execute}"); // the first one also sets hint bits
        var plan = await RunAsync(connection, $"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) EXECUTE {execute}");
        return Pages().Match(plan).Groups.Values.Skip(1).Where(g => g.Success).Sum(g => int.Parse(g.ValueSpan, CultureInfo.InvariantCulture));
    }

    private async Task<double> FastestClaimAsync(params string[] excluded)
    {
        var fastest = double.MaxValue;
        for (var i = 0; i < 25; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var claims = await ClaimAsync(max: 20, perSubscription: 20, excluded: excluded);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            claims.Should().HaveCount(20).And.NotContain(c => excluded.Contains(c.SubscriptionId));
        }

        return fastest;
    }

    private async Task<string> PlanAsync(NpgsqlConnection connection, string statement)
    {
        var plan = await Plans.ReadAsync(connection, statement, Cancel);
        output.WriteLine(plan);
        plan.Should().NotContain("Seq Scan on deliveries").And.NotContain("Seq Scan on event_keys");
        return plan;
    }

    private static Task<NpgsqlConnection> ConnectAsync() => Plans.ConnectAsync(Cancel);

    private static Task<string> RunAsync(NpgsqlConnection connection, string sql) => Plans.RunAsync(connection, sql, Cancel);

    // The first line of the kind is that of the whole plan.
    [GeneratedRegex(@"Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?")]
    private static partial Regex Pages();
}
