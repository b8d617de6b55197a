using System.Globalization;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Sqlite.Summaries;

/// <summary>The statements of <see cref="SqliteAttemptSummaries"/>.</summary>
internal sealed class SqliteAttemptSummarySql(string p)
{
    private static readonly string[] Places =
        ["within_10ms", "within_25ms", "within_50ms", "within_100ms", "within_250ms", "within_500ms", "within_1s", "within_2500ms", "within_5s", "longer"];

    private static readonly string Counts = $"delivered, failed, {string.Join(", ", Places)}";

    private static readonly string Sums = $"sum(delivered), sum(failed), {string.Join(", ", Places.Select(c => $"sum({c})"))}";

    private static readonly string UnitMicroseconds = (AttemptSummaryQuery.Resolution.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);

    private static readonly string Counted = $"sum(outcome = 'Delivered') AS delivered, sum(outcome <> 'Delivered') AS failed, {string.Join(", ", Places.Select(Count))}";

    /// <summary>Everything up to this attempt is in the table. Its primary key.</summary>
    public string Summarised { get; } = $"SELECT value FROM {p}meta WHERE name = 'summarised'";

    /// <summary>The newest attempt. The end of the primary key.</summary>
    public string Newest { get; } = $"SELECT max(seq) FROM {p}attempts";

    public string SetSummarised { get; } = $"UPDATE {p}meta SET value = @to WHERE name = 'summarised'";

    /// <summary>A range of attempts' primary key, grouped.</summary>
    public string RollUp { get; } = $"""
        INSERT INTO {p}attempt_summaries (tenant_id, subscription_id, unit, {Counts})
        SELECT tenant_id, subscription_id, started_at / {UnitMicroseconds}, {Counted}
        FROM {p}attempts
        WHERE seq > @from AND seq <= @to AND outcome IS NOT NULL AND test_id IS NULL
        GROUP BY 1, 2, 3
        ON CONFLICT (subscription_id, unit) DO UPDATE SET
            delivered = delivered + excluded.delivered, failed = failed + excluded.failed,
            {string.Join(", ", Places.Select(c => $"{c} = {c} + excluded.{c}"))}
        """;

    /// <summary>A log that was purged to its end counts its attempts from 1 again.</summary>
    public string Restart { get; } = $"UPDATE {p}meta SET value = 0 WHERE name = 'summarised' AND value > (SELECT coalesce(max(seq), 0) FROM {p}attempts)";

    /// <summary>attempt_summaries_unit</summary>
    public string Purge { get; } = $"DELETE FROM {p}attempt_summaries WHERE unit < @before";

    /// <summary>
    /// What is in the table, by its primary key or, for all subscriptions, by attempt_summaries_unit; and what is not in it yet, by attempts' primary
    /// key: a few thousand rows.
    /// </summary>
    public string Read(AttemptSummaryQuery query)
    {
        var ids = query.SubscriptionIds is null ? "" : "AND subscription_id IN (SELECT value FROM json_each(@ids))";
        var tenant = query.TenantId is null ? "" : "AND +tenant_id = @tenant_id";
        return $"""
            SELECT tenant_id, subscription_id, unit / @units AS step, {Sums}
            FROM (
                SELECT tenant_id, subscription_id, unit, {Counts}
                FROM {p}attempt_summaries
                WHERE unit >= @since {ids} {tenant}
                UNION ALL
                SELECT tenant_id, subscription_id, started_at / {UnitMicroseconds}, {Counted}
                FROM {p}attempts
                WHERE seq > max(@from, @oldest) AND outcome IS NOT NULL AND test_id IS NULL AND started_at / {UnitMicroseconds} >= @since
                    {ids.Replace("subscription_id IN", "+subscription_id IN", StringComparison.Ordinal)} {tenant}
                GROUP BY 1, 2, 3
            )
            GROUP BY tenant_id, subscription_id, step
            ORDER BY subscription_id, step
            """;
    }

    private static string Count(string column, int place)
    {
        var from = place == 0 ? "" : $"duration > {Microseconds(place - 1)}";
        var to = place == DurationHistogram.Bounds.Count ? "" : $"duration <= {Microseconds(place)}";
        return $"sum({from}{(from.Length > 0 && to.Length > 0 ? " AND " : "")}{to}) AS {column}";
    }

    private static string Microseconds(int place) => (DurationHistogram.Bounds[place].Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
}
