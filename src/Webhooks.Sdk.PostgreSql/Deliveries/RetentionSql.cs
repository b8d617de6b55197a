using Webhooks.Sdk.PostgreSql.Schema;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>The statements that remove what is old. They run once in a while, and where they read a whole table they say so.</summary>
internal sealed class RetentionSql(string schema, string now)
{
    public string Cutoff { get; } = $"SELECT {now} - $1 * interval '1 microsecond'";

    // failed_deliveries_completed
    public string DeleteFailed { get; } = $"""
        DELETE FROM {schema}.failed_deliveries
        WHERE id = ANY (ARRAY(SELECT id FROM {schema}.failed_deliveries WHERE completed_at < $1 LIMIT $2))
        """;

    // A few rows.
    public string ForgetDeletedSubscriptions { get; } =
        $"DELETE FROM {schema}.deleted_subscriptions WHERE deleted_at < {now} - interval '1 day'";

    public string SizeOf(string partition) => $"SELECT pg_table_size('{schema}.{partition}')";

    // Exact for what is small, the planner's estimate for what is large: nobody wants a large table read before it is dropped.
    public string CountOf(string partition, bool exactly) => exactly
        ? $"SELECT count(*) FROM {schema}.{partition}"
        : $"SELECT greatest(0, reltuples)::bigint FROM pg_class WHERE oid = '{schema}.{partition}'::regclass";

    // Reads the queue once, and stops at the first row.
    public string IsPending { get; } = $"SELECT EXISTS (SELECT FROM {schema}.deliveries WHERE event_stored_at >= $1 AND event_stored_at < $2)";

    // The partition's primary key for the page, event_keys_pkey for the deletes.
    public string DeleteKeys(string partition) => $"""
        WITH page AS MATERIALIZED (
            SELECT id, stored_at FROM {schema}.{partition} WHERE id > $1 ORDER BY id LIMIT $2
        ), gone AS (
            DELETE FROM {schema}.event_keys k USING page p WHERE k.id = p.id AND k.stored_at = p.stored_at
        )
        SELECT max(id) FROM page
        """;

    // Reads the partition and the queue: for small partitions, the default one, and those that something pending still needs.
    public string DeleteEvents(string partition) => $"""
        WITH old AS MATERIALIZED (
            SELECT e.id, e.stored_at FROM {schema}.{partition} e
            WHERE e.stored_at < $1 AND NOT EXISTS (SELECT FROM {schema}.deliveries d WHERE d.event_id = e.id)
            LIMIT $2
        ), forgotten AS (
            DELETE FROM {schema}.event_keys k USING old o WHERE k.id = o.id AND k.stored_at = o.stored_at
        )
        DELETE FROM {schema}.{partition} e USING old o WHERE e.id = o.id AND e.stored_at = o.stored_at
        """;

    // Reads the partition: for small ones and the default one.
    public string DeleteAttempts(string partition) => $"""
        DELETE FROM {schema}.{partition}
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM {schema}.{partition} WHERE logged_at < $1 LIMIT $2))
        """;

    /// <summary>Locks the parent first, as every reader does, so that the two cannot wait for each other; and never makes anybody wait for long.</summary>
    public string LockParent(string table) => $"SET LOCAL lock_timeout = '500ms'; LOCK TABLE {schema}.{table} IN ACCESS EXCLUSIVE MODE";

    public string Drop(Partitions.Partition partition) => $"DROP TABLE {schema}.{partition.Name}";
}
