using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>The statements that read: the delivery log, the attempts, one event, the backlog. Pages go by sequence, newest first.</summary>
internal sealed class DeliveryLogSql(string schema, string now)
{
    // Which index has the rows in their order: see Version1 for the words. An event or a delivery names few rows, so they are sorted.
    private static string Ordered(DeliveryQuery query, string sequence) =>
        query.EventId is not null || query.DeliveryId is not null ? $"0 + {sequence}"
        : query.SubscriptionId is not null || query.TenantId is not null ? sequence
        : $"{sequence} + 0";

    private static string Newest(DeliveryQuery query, string sequence) => $"ORDER BY {Ordered(query, sequence)} DESC LIMIT $2";

    /// <summary>$1 is the cursor, $2 the page's size; then the filters that are given, in this order.</summary>
    private static string Where(DeliveryQuery query, string id, string sequence)
    {
        var next = 3;

        // A subscription has one tenant: its own index is the one to take, and the tenant only a check.
        var tenant = query.TenantId is null ? "" : $" AND tenant_id{(query.SubscriptionId is null ? "" : " || ''")} = ${next++}";
        var subscription = query.SubscriptionId is null ? "" : $" AND subscription_id = ${next++}";
        var @event = query.EventId is null ? "" : $" AND event_id = ${next++}";
        var delivery = query.DeliveryId is null ? "" : $" AND {id} = ${next}";
        return $"WHERE {Ordered(query, sequence)} < $1{tenant}{subscription}{@event}{delivery}";
    }

    /// <summary>An event's deliveries are those with its time in front of their ids, which their primary keys are ordered by: two more parameters.</summary>
    private static string OfTime(DeliveryQuery query, string id, int parameter) =>
        query.EventId is null ? "" : $" AND {id} >= ${parameter} AND {id} <= ${parameter + 1}";

    // What waits, by deliveries_sequence, deliveries_tenant or deliveries_subscription, and what is leased, by deliveries_leased: all of that is
    // looked at, it is no more than the nodes have in hand. An event's or a single one by deliveries_pkey.
    private string Pending(DeliveryQuery query, int timeParameter) => query.EventId is not null || query.DeliveryId is not null
        ? $"SELECT * FROM {schema}.deliveries {Where(query, "id", "sequence")}{OfTime(query, "id", timeParameter)} {Newest(query, "sequence")}"
        : $"""
            SELECT * FROM (
                (SELECT * FROM {schema}.deliveries {Where(query, "id", "sequence")} AND lease_token IS NULL {Newest(query, "sequence")})
                UNION ALL
                (SELECT * FROM {schema}.deliveries {Where(query, "id", "sequence")} AND lease_token IS NOT NULL ORDER BY 0 + sequence DESC LIMIT $2)
            ) waiting_and_leased
            ORDER BY sequence DESC LIMIT $2
            """;

    // events_pkey for what the thin row does not hold. The last parameters are the tokens of the hand-off and the event's time.
    public string ListPending(DeliveryQuery query, int handOffParameter) => $"""
        SELECT d.id, d.event_id, e.type, d.tenant_id, d.subscription_id, {(int)DeliveryState.Pending}::smallint, d.attempts, e.created_at,
            CASE WHEN d.lease_token IS NULL OR d.due_at <= {now} THEN d.due_at
                 WHEN d.lease_token = ANY (${handOffParameter}) THEN d.event_stored_at END,
            NULL::timestamptz, NULL::smallint, d.sequence
        FROM ({Pending(query, handOffParameter + 1)}) d
        JOIN {schema}.events e ON e.id = d.event_id AND e.stored_at = d.event_stored_at
        ORDER BY d.sequence DESC
        """;

    // failed_deliveries_sequence, _tenant, _subscription, _event or _pkey
    public string ListFailed(DeliveryQuery query) => $"""
        SELECT id, event_id, event_type, tenant_id, subscription_id, {(int)DeliveryState.Failed}::smallint, attempts, event_created_at,
            NULL::timestamptz, completed_at, reason, sequence
        FROM {schema}.failed_deliveries
        {Where(query, "id", "sequence")}
        {Newest(query, "sequence")}
        """;

    // attempts_delivered, attempts_delivered_tenant, attempts_delivered_subscription or attempts_pkey, of each partition. The last parameters are
    // the event's time.
    public string ListDelivered(DeliveryQuery query, int timeParameter) => $"""
        SELECT delivery_id, event_id, event_type, tenant_id, subscription_id, {(int)DeliveryState.Delivered}::smallint, number, event_created_at,
            NULL::timestamptz, started_at + duration * interval '1 microsecond', NULL::smallint, delivery_sequence
        FROM {schema}.attempts
        {Where(query, "delivery_id", "delivery_sequence")}{OfTime(query, "delivery_id", timeParameter)} AND is_final
        {Newest(query, "delivery_sequence")}
        """;

    // attempts_sequence, attempts_tenant, attempts_subscription or attempts_pkey, of each partition; for an event also attempts_test_event. The last
    // parameters are the event's time; one that is not known was a test's, or nothing is left of it.
    public string ListAttempts(DeliveryQuery query, int timeParameter) => $"""
        SELECT delivery_id, event_id, event_type, tenant_id, subscription_id, number, started_at, duration, status_code, error, error_message,
            response_headers, response_body, retry_after, outcome, retry_delay, is_test, sequence
        FROM {(query.EventId is null
            ? $"{schema}.attempts {Where(query, "delivery_id", "sequence")}"
            : $"""
            (
                SELECT * FROM {schema}.attempts {Where(query, "delivery_id", "sequence")}{OfTime(query, "delivery_id", timeParameter)} AND NOT is_test
                UNION ALL
                SELECT * FROM {schema}.attempts {Where(query, "delivery_id", "sequence")} AND is_test
            ) real_and_test
            """)}
        {Newest(query, "sequence")}
        """;

    // event_keys_pkey, then events_pkey of the one partition that the time names
    public string FindEvent { get; } = $"""
        SELECT e.id, e.type, e.tenant_id, e.tenant_name, e.created_at, e.data, e.trace_parent, e.target_count
        FROM {schema}.event_keys k JOIN {schema}.events e ON e.id = k.id AND e.stored_at = k.stored_at
        WHERE k.id = $1
        """;

    // event_keys_pkey, events_pkey
    public string FindEventTime { get; } = $"""
        SELECT e.created_at
        FROM {schema}.event_keys k JOIN {schema}.events e ON e.id = k.id AND e.stored_at = k.stored_at
        WHERE k.id = $1
        """;

    // Reads the thin queue once, about 0.1 s for a million rows; what this node's hand-off holds ($1) is leased to nobody who attempts it.
    public string Backlog { get; } = $"""
        SELECT count(*),
            count(*) FILTER (WHERE lease_token IS NOT NULL AND due_at > {now} AND lease_token <> ALL ($1)),
            (SELECT count(*) FROM {schema}.failed_deliveries),
            min(CASE WHEN lease_token = ANY ($1) THEN event_stored_at ELSE due_at END) FILTER (WHERE due_at <= {now} OR lease_token = ANY ($1)),
            min(due_at) FILTER (WHERE due_at > {now} AND lease_token IS NULL)
        FROM {schema}.deliveries
        """;
}
