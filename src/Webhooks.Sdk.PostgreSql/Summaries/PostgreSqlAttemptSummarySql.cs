using System.Globalization;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.PostgreSql.Summaries;

/// <summary>The statements of <see cref="PostgreSqlAttemptSummaries"/>.</summary>
internal sealed class PostgreSqlAttemptSummarySql(string schema, string now)
{
    private static readonly string[] Places =
        ["within_10ms", "within_25ms", "within_50ms", "within_100ms", "within_250ms", "within_500ms", "within_1s", "within_2500ms", "within_5s", "longer"];

    private static readonly string Counts = $"delivered, failed, {string.Join(", ", Places)}";

    private static readonly string Counted =
        $"count(*) FILTER (WHERE outcome = {(int)DeliveryState.Delivered}) AS delivered, count(*) FILTER (WHERE outcome <> {(int)DeliveryState.Delivered}) AS failed, "
        + string.Join(", ", Places.Select(Count));

    private static readonly string Unit = $"floor(extract(epoch FROM started_at) / {(int)AttemptSummaryQuery.Resolution.TotalSeconds})::bigint";

    /// <summary>Goes before the others, for their transaction only: the end of a log of millions must not be found by reading all of it.</summary>
    public string IndexesOnly { get; } = "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

    /// <summary>
    /// One step: counts the attempts that were promised last time, if nobody can add to them any more, and promises those that have numbers now. A
    /// transaction that stays open for longer than a minute is not waited for. The range is one of attempts_sequence, in each partition.
    /// </summary>
    public string RollUp { get; } = $"""
        WITH state AS MATERIALIZED (
            SELECT counted_to, counting_to FROM {schema}.attempt_summary_state
            WHERE (since < clock_timestamp() - interval '1 second' AND until_xid <= pg_snapshot_xmin(pg_current_snapshot()))
                OR since < clock_timestamp() - interval '1 minute'
            FOR UPDATE SKIP LOCKED
        ), counted AS (
            INSERT INTO {schema}.attempt_summaries AS s (tenant_id, subscription_id, unit, {Counts})
            SELECT tenant_id, subscription_id, {Unit}, {Counted}
            FROM {schema}.attempts
            WHERE sequence + 0 > (SELECT counted_to FROM state) AND sequence + 0 <= (SELECT counting_to FROM state) AND outcome IS NOT NULL AND NOT is_test
            GROUP BY 1, 2, 3
            ON CONFLICT (subscription_id, unit) DO UPDATE SET
                delivered = s.delivered + excluded.delivered, failed = s.failed + excluded.failed,
                {string.Join(", ", Places.Select(c => $"{c} = s.{c} + excluded.{c}"))}
        )
        UPDATE {schema}.attempt_summary_state SET
            counted_to = state.counting_to,
            counting_to = (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {schema}.attempt_sequence),
            until_xid = pg_snapshot_xmax(pg_current_snapshot()),
            since = clock_timestamp()
        FROM state
        """;

    /// <summary>attempt_summaries_unit</summary>
    public string Purge { get; } = $"""
        DELETE FROM {schema}.attempt_summaries
        WHERE unit < floor(extract(epoch FROM {now} - $1 * interval '1 microsecond') / {(int)AttemptSummaryQuery.Resolution.TotalSeconds})::bigint
        """;

    /// <summary>
    /// What is counted, by attempt_summaries_pkey or, for all subscriptions, by attempt_summaries_unit; and what is not counted yet, by
    /// attempts_sequence: some seconds' worth. One statement, one moment: nothing is counted twice.
    /// </summary>
    public string Read { get; } = $"""
        SELECT tenant_id, subscription_id, unit / $1 AS step, sum(delivered)::bigint, sum(failed)::bigint, {string.Join(", ", Places.Select(c => $"sum({c})::bigint"))}
        FROM (
            SELECT tenant_id, subscription_id, unit, {Counts}
            FROM {schema}.attempt_summaries
            WHERE unit >= $2 AND ($3::text[] IS NULL OR subscription_id = ANY ($3)) AND ($4::text IS NULL OR tenant_id = $4)
            UNION ALL
            SELECT tenant_id, subscription_id, {Unit}, {Counted}
            FROM {schema}.attempts
            WHERE sequence + 0 > (SELECT counted_to FROM {schema}.attempt_summary_state) AND outcome IS NOT NULL AND NOT is_test
                AND {Unit} >= $2 AND ($3::text[] IS NULL OR subscription_id = ANY ($3)) AND ($4::text IS NULL OR tenant_id = $4)
            GROUP BY 1, 2, 3
        ) both_parts
        GROUP BY tenant_id, subscription_id, step
        ORDER BY subscription_id, step
        """;

    private static string Count(string column, int place)
    {
        var from = place == 0 ? "" : $"duration > {Microseconds(place - 1)}";
        var to = place == DurationHistogram.Bounds.Count ? "" : $"duration <= {Microseconds(place)}";
        return $"count(*) FILTER (WHERE {from}{(from.Length > 0 && to.Length > 0 ? " AND " : "")}{to}) AS {column}";
    }

    private static string Microseconds(int place) => (DurationHistogram.Bounds[place].Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
}
