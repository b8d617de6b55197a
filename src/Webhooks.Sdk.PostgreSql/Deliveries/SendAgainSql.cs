namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>The statements that send again.</summary>
internal sealed class SendAgainSql(string schema, string now)
{
    // failed_deliveries_pkey; attempts_pkey of each partition; events_pkey. A failed one, else a delivered one, as long as its event is kept.
    public string Resend { get; } = $"""
        WITH failed AS (
            DELETE FROM {schema}.failed_deliveries f
            WHERE f.id = $1
                AND EXISTS (SELECT FROM {schema}.events e WHERE e.id = f.event_id AND e.stored_at = f.event_stored_at)
            RETURNING f.id, f.event_id, f.event_stored_at, f.tenant_id, f.subscription_id, f.subscription_name, f.fifo
        ), delivered AS (
            UPDATE {schema}.attempts a SET is_final = false
            WHERE a.delivery_id = $1 AND a.is_final
                AND EXISTS (SELECT FROM {schema}.events e WHERE e.id = a.event_id AND e.stored_at = a.event_stored_at)
                AND NOT EXISTS (SELECT FROM {schema}.failed_deliveries f WHERE f.id = $1)
                AND NOT EXISTS (SELECT FROM {schema}.deliveries d WHERE d.id = $1)
            RETURNING a.delivery_id, a.event_id, a.event_stored_at, a.tenant_id, a.subscription_id, a.subscription_name, a.fifo
        )
        INSERT INTO {schema}.deliveries (id, event_id, event_stored_at, tenant_id, subscription_id, subscription_name, fifo, due_at)
        SELECT *, {now} FROM (SELECT * FROM failed UNION ALL SELECT * FROM delivered) again
        ON CONFLICT (id) DO NOTHING
        RETURNING id
        """;

    // deliveries_pkey. Another statement, because it has to see what others committed while the first one waited for them.
    public string IsPending { get; } = $"SELECT EXISTS (SELECT FROM {schema}.deliveries WHERE id = $1)";

    // events_tenant of the partitions from the time on; a page at a time
    public string ReadEventsSince { get; } = $"""
        SELECT id, created_at, stored_at, sequence, type
        FROM {schema}.events
        WHERE tenant_id = $1 AND stored_at >= $2 AND (stored_at, sequence) > ($2, $3)
        ORDER BY stored_at, sequence
        LIMIT $4
        """;

    // For a page of events: deliveries_pkey, failed_deliveries_pkey, attempts_pkey of each partition. What failed comes back under the name
    // that it was published with, what was missed under today's; both in the order of publication. What went out is in the log, and stays away.
    public string Recover { get; } = $"""
        WITH page AS MATERIALIZED (
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::bool[]) WITH ORDINALITY AS p (id, event_id, event_stored_at, is_wanted, place)
        ), failed AS (
            DELETE FROM {schema}.failed_deliveries f USING page p WHERE f.id = p.id
            RETURNING p.id, p.event_id, p.event_stored_at, f.subscription_name, p.place
        ), missed AS (
            SELECT p.id, p.event_id, p.event_stored_at, $7::text, p.place FROM page p
            WHERE p.is_wanted
                AND NOT EXISTS (SELECT FROM {schema}.failed_deliveries f WHERE f.id = p.id)
                AND NOT EXISTS (SELECT FROM {schema}.deliveries d WHERE d.id = p.id)
                AND NOT EXISTS (SELECT FROM {schema}.attempts a WHERE a.delivery_id = p.id AND NOT a.is_test)
        )
        INSERT INTO {schema}.deliveries (id, event_id, event_stored_at, subscription_name, tenant_id, subscription_id, fifo, due_at)
        SELECT id, event_id, event_stored_at, subscription_name, $5, $6, $8, {now}
        FROM (SELECT * FROM failed UNION ALL SELECT * FROM missed) AS again (id, event_id, event_stored_at, subscription_name, place)
        ORDER BY place
        ON CONFLICT (id) DO NOTHING
        RETURNING id
        """;
}
