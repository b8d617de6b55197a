namespace Webhooks.Sdk.Sqlite.Subscriptions;

/// <summary>Every statement on subscriptions, with the index that it relies on. Values are bound in the order in which their names first stand here.</summary>
internal sealed class SqliteSubscriptionSql(string p)
{
    private const string Columns = """
        seq, id, tenant_id, name, description, url, event_types, profile, secrets, headers, max_per_second, ordering, state, state_reason,
            state_changed_at, version, created_at, updated_at
        """;

    // whole table, at the start and after another process has changed something
    public readonly string All = $"""
        SELECT {Columns} FROM {p}subscriptions ORDER BY seq
        """;

    // subscriptions_tenant, whose rows of one tenant stand in the order of seq; or the primary key
    public readonly string ListOfTenant = $"""
        SELECT {Columns}
        FROM {p}subscriptions
        WHERE seq > @after AND tenant_id = @tenant_id AND (@state IS NULL OR state = @state)
        ORDER BY seq
        LIMIT @count
        """;

    // primary key
    public readonly string List = $"""
        SELECT {Columns}
        FROM {p}subscriptions
        WHERE seq > @after AND (@state IS NULL OR state = @state)
        ORDER BY seq
        LIMIT @count
        """;

    // subscriptions_id
    public readonly string VersionOf = $"""
        SELECT version FROM {p}subscriptions WHERE id = @id
        """;

    // subscriptions_tenant
    public readonly string CountOfTenant = $"""
        SELECT count(*) FROM {p}subscriptions WHERE tenant_id = @tenant_id
        """;

    public readonly string Insert = $"""
        INSERT INTO {p}subscriptions (
            id, tenant_id, name, description, url, event_types, profile, secrets, headers, max_per_second, ordering, state, state_reason,
            state_changed_at, version, created_at, updated_at)
        VALUES (
            @id, @tenant_id, @name, @description, @url, @event_types, @profile, @secrets, @headers, @max_per_second, @ordering, @state, @state_reason,
            @state_changed_at, @version, @created_at, @updated_at)
        """;

    // subscriptions_id. The columns are bound as for the insertion, then the expected version.
    public readonly string Update = $"""
        UPDATE {p}subscriptions
        SET id = @id, tenant_id = @tenant_id, name = @name, description = @description, url = @url, event_types = @event_types, profile = @profile,
            secrets = @secrets, headers = @headers, max_per_second = @max_per_second, ordering = @ordering, state = @state,
            state_reason = @state_reason, state_changed_at = @state_changed_at, version = @version, created_at = @created_at, updated_at = @updated_at
        WHERE id = @id AND version = @expected_version
        """;

    // subscriptions_id
    public readonly string Delete = $"""
        DELETE FROM {p}subscriptions WHERE id = @id
        """;

    // primary key of meta
    public readonly string ReadChanges = $"""
        SELECT value FROM {p}meta WHERE name = 'subscriptions'
        """;

    // primary key of meta
    public readonly string CountChange = $"""
        UPDATE {p}meta SET value = value + 1 WHERE name = 'subscriptions' RETURNING value
        """;

    // subscriptions_id
    public readonly string ReadHealth = $"""
        SELECT failing_since, failed_attempts, exhausted_deliveries FROM {p}subscriptions WHERE id = @id
        """;

    // subscriptions_id
    public readonly string WriteHealth = $"""
        UPDATE {p}subscriptions
        SET failing_since = @failing_since, failed_attempts = @failed_attempts, exhausted_deliveries = @exhausted_deliveries
        WHERE id = @id
        """;
}
