namespace Webhooks.Sdk.PostgreSql.Schema;

/// <summary>Attempts counted in units of five minutes, so that a chart of a day need not read a day's attempts.</summary>
internal static class Version3
{
    // What was logged before the upgrade is counted only where it is recent: nobody waits at the start until a month's log is read.
    private const int Recent = 50_000;

    public static string Sql(string schema) => $"""
        CREATE TABLE {schema}.attempt_summaries (
            subscription_id text COLLATE "C" NOT NULL,
            unit            bigint           NOT NULL,
            tenant_id       text COLLATE "C" NOT NULL,
            delivered       bigint           NOT NULL,
            failed          bigint           NOT NULL,
            within_10ms     bigint           NOT NULL,
            within_25ms     bigint           NOT NULL,
            within_50ms     bigint           NOT NULL,
            within_100ms    bigint           NOT NULL,
            within_250ms    bigint           NOT NULL,
            within_500ms    bigint           NOT NULL,
            within_1s       bigint           NOT NULL,
            within_2500ms   bigint           NOT NULL,
            within_5s       bigint           NOT NULL,
            longer          bigint           NOT NULL,
            CONSTRAINT attempt_summaries_pkey PRIMARY KEY (subscription_id, unit)
        ) WITH (fillfactor = 70);
        COMMENT ON COLUMN {schema}.attempt_summaries.unit IS 'five minutes, counted since 1970';
        CREATE INDEX attempt_summaries_unit ON {schema}.attempt_summaries (unit);

        -- Attempts up to counted_to are in the table; those up to counting_to will be, once every transaction that may still write one of them has
        -- ended: numbers are taken before they are committed.
        CREATE TABLE {schema}.attempt_summary_state (
            counted_to  bigint      NOT NULL,
            counting_to bigint      NOT NULL,
            until_xid   xid8        NOT NULL,
            since       timestamptz NOT NULL
        );
        INSERT INTO {schema}.attempt_summary_state
        SELECT greatest(0, last_value - {Recent}), greatest(0, last_value - {Recent}), pg_snapshot_xmax(pg_current_snapshot()), clock_timestamp()
        FROM {schema}.attempt_sequence;
        """;
}
