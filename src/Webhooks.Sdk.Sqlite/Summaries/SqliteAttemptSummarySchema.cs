namespace Webhooks.Sdk.Sqlite.Summaries;

/// <summary>Version 3 of the tables: attempts counted in units of five minutes, so that a chart of a day need not read a day's attempts.</summary>
internal static class SqliteAttemptSummarySchema
{
    // What was logged before the upgrade is counted only where it is recent: nobody waits at the start until a month's log is read.
    private const int Recent = 50_000;

    public static string Third(string p) => $"""
        -- What the log says, counted. The attempts up to meta's "summarised" are in here; a reader counts those behind it itself.
        CREATE TABLE IF NOT EXISTS {p}attempt_summaries (
            subscription_id  TEXT    NOT NULL,
            unit             INTEGER NOT NULL,                     -- five minutes, counted since 1970
            tenant_id        TEXT    NOT NULL,
            delivered        INTEGER NOT NULL,
            failed           INTEGER NOT NULL,
            within_10ms      INTEGER NOT NULL,
            within_25ms      INTEGER NOT NULL,
            within_50ms      INTEGER NOT NULL,
            within_100ms     INTEGER NOT NULL,
            within_250ms     INTEGER NOT NULL,
            within_500ms     INTEGER NOT NULL,
            within_1s        INTEGER NOT NULL,
            within_2500ms    INTEGER NOT NULL,
            within_5s        INTEGER NOT NULL,
            longer           INTEGER NOT NULL,
            PRIMARY KEY (subscription_id, unit)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS {p}attempt_summaries_unit ON {p}attempt_summaries (unit);

        INSERT INTO {p}meta (name, value) SELECT 'summarised', max(0, coalesce(max(seq), 0) - {Recent}) FROM {p}attempts WHERE TRUE ON CONFLICT (name) DO NOTHING;
        UPDATE {p}meta SET value = 3 WHERE name = 'schema' AND value < 3;
        """;
}
