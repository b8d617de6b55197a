namespace Webhooks.Sdk.PostgreSql.Subscriptions;

/// <summary>Every statement of the subscription store, each with the index it relies on.</summary>
internal sealed class SubscriptionSql(string schema, string now)
{
    private const string Columns = """
        id, tenant_id, name, description, url, event_types, profile, secrets, headers, max_per_second, ordering,
        state, state_reason, state_changed_at, version, created_at, updated_at, change, sequence
        """;

    // subscription_changes has one row. Its lock makes changes take turns, so a limit that is checked after it holds across nodes.
    public string TakeChange { get; } = $"""
        UPDATE {schema}.subscription_changes SET last_change = last_change + 1
        """;

    // subscriptions_pkey, subscriptions_tenant
    public string Add { get; } = $"""
        WITH added AS (
            INSERT INTO {schema}.subscriptions (
                id, tenant_id, name, description, url, event_types, profile, secrets, headers, max_per_second, ordering,
                state, state_reason, state_changed_at, version, created_at, updated_at, change)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                (SELECT last_change FROM {schema}.subscription_changes)
            WHERE $18 IS NULL OR (SELECT count(*) FROM {schema}.subscriptions WHERE tenant_id = $2) < $18
            ON CONFLICT (id) DO NOTHING
            RETURNING change
        )
        SELECT EXISTS (SELECT FROM {schema}.subscriptions WHERE id = $1), a.change, CASE WHEN a.change IS NOT NULL THEN pg_notify($19, $20) END
        FROM (SELECT 1) AS one LEFT JOIN added a ON true
        """;

    // subscriptions_pkey
    public string Update { get; } = $"""
        WITH updated AS (
            UPDATE {schema}.subscriptions SET
                tenant_id = $2, name = $3, description = $4, url = $5, event_types = $6, profile = $7, secrets = $8, headers = $9,
                max_per_second = $10, ordering = $11, state = $12, state_reason = $13, state_changed_at = $14, version = $15,
                created_at = $16, updated_at = $17, change = (SELECT last_change FROM {schema}.subscription_changes)
            WHERE id = $1 AND version = $18
            RETURNING change
        )
        SELECT change, pg_notify($19, $20) FROM updated
        """;

    // subscriptions_pkey
    public string Delete { get; } = $"""
        WITH deleted AS (
            DELETE FROM {schema}.subscriptions WHERE id = $1 RETURNING id
        ), remembered AS (
            INSERT INTO {schema}.deleted_subscriptions (change, id, deleted_at)
            SELECT (SELECT last_change FROM {schema}.subscription_changes), id, {now} FROM deleted
            RETURNING change
        )
        SELECT change, pg_notify($2, $3) FROM remembered
        """;

    // subscriptions_pkey; a counter, so no index changes and the row is updated in place
    public string RecordHealth { get; } = $"""
        UPDATE {schema}.subscriptions s SET
            failing_since = CASE
                WHEN $3 = 0 AND ($2 OR s.failed_attempts = 0) THEN NULL
                WHEN $2 OR s.failed_attempts = 0 THEN {now}
                ELSE s.failing_since END,
            failed_attempts = CASE
                WHEN $3 = 0 AND ($2 OR s.failed_attempts = 0) THEN 0
                WHEN $2 THEN $3
                ELSE s.failed_attempts + $3 END,
            exhausted_deliveries = CASE
                WHEN $3 = 0 AND ($2 OR s.failed_attempts = 0) THEN 0
                WHEN $2 THEN $4
                ELSE s.exhausted_deliveries + $4 END
        WHERE id = $1
        RETURNING coalesce((extract(epoch FROM {now} - failing_since) * 1000000)::bigint, 0), failed_attempts, exhausted_deliveries
        """;

    // subscriptions_change, deleted_subscriptions_pkey; one statement, so that both are seen at one moment. A removal has no tenant.
    public string ReadChanges { get; } = $"""
        SELECT {Columns} FROM {schema}.subscriptions WHERE change > $1
        UNION ALL
        SELECT id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, change, NULL
        FROM {schema}.deleted_subscriptions WHERE change > $1
        ORDER BY change
        """;

    // subscriptions_sequence, subscriptions_tenant or subscriptions_state
    public string List(bool byTenant, bool byState) => $"""
        SELECT {Columns} FROM {schema}.subscriptions
        WHERE sequence > $1
        {(byTenant ? "AND tenant_id = $3" : "")} {(byState ? $"AND state = ${(byTenant ? 4 : 3)}" : "")}
        ORDER BY sequence
        LIMIT $2
        """;
}
