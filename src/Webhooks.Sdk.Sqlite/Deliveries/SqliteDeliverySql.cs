using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// Every statement that changes events and deliveries, with the index that it relies on. Values are bound in the order in which their names first
/// stand here; a unary plus keeps the planner from the lesser of two indexes. The lists of the delivery log are in <see cref="SqliteDeliveryLogSql"/>.
/// </summary>
internal sealed class SqliteDeliverySql(string p)
{
    /// <summary>The due time of what stands behind the head of a FIFO subscription: whoever ends the head gives the next one a real one.</summary>
    public const long Blocked = long.MaxValue;

    // ── Enqueue ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

    // events_id
    public readonly string InsertEvent = $"""
        INSERT INTO {p}events (id, type, tenant_id, tenant_name, created_at, stored_at, target_count, trace_parent, data)
        VALUES (@id, @type, @tenant_id, @tenant_name, @created_at, @now, @target_count, @trace_parent, @data)
        ON CONFLICT (id) DO NOTHING
        """;

    // deliveries_event
    public readonly string InsertDelivery = $"""
        INSERT INTO {p}deliveries (event_seq, subscription_id, due_at, is_fifo, subscription_name)
        VALUES (@event_seq, @subscription_id, @now, 0, @subscription_name)
        ON CONFLICT (event_seq, subscription_id) DO NOTHING
        """;

    // deliveries_subscription
    public readonly string HasDue = $"""
        SELECT 1 FROM {p}deliveries WHERE subscription_id = @subscription_id AND due_at <= @now LIMIT 1
        """;

    // deliveries_event
    public readonly string InsertLeasedDelivery = $"""
        INSERT INTO {p}deliveries (event_seq, subscription_id, due_at, lease, is_fifo, subscription_name)
        VALUES (@event_seq, @subscription_id, @end, @lease, 0, @subscription_name)
        ON CONFLICT (event_seq, subscription_id) DO NOTHING
        """;

    // deliveries_event, deliveries_fifo
    public readonly string InsertFifoDelivery = $"""
        INSERT INTO {p}deliveries (event_seq, subscription_id, due_at, is_fifo, subscription_name)
        VALUES (
            @event_seq,
            @subscription_id,
            CASE
                WHEN EXISTS (SELECT 1 FROM {p}deliveries WHERE subscription_id = @subscription_id AND is_fifo = 1) THEN {Blocked}
                ELSE @now
            END,
            1,
            @subscription_name)
        ON CONFLICT (event_seq, subscription_id) DO NOTHING
        """;

    // ── Claim ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    // deliveries_due
    public readonly string IsAnythingDue = $"""
        SELECT 1 FROM {p}deliveries WHERE due_at <= @now LIMIT 1
        """;

    // deliveries_due
    public readonly string NextDue = $"""
        SELECT min(due_at) FROM {p}deliveries WHERE due_at > @after
        """;

    // deliveries_due
    public readonly string OldestDueSubscriptions = $"""
        SELECT subscription_id FROM {p}deliveries WHERE due_at <= @now ORDER BY due_at LIMIT @count
        """;

    // deliveries_subscription: one step to the next subscription's most urgent row
    public readonly string NextSubscription = $"""
        SELECT subscription_id, due_at FROM {p}deliveries WHERE subscription_id > @after ORDER BY subscription_id, due_at LIMIT 1
        """;

    // deliveries_subscription, whose rows of one due time stand in the order of seq
    public readonly string DueOfSubscription = $"""
        SELECT seq, event_seq, attempts, subscription_name
        FROM {p}deliveries
        WHERE subscription_id = @subscription_id AND due_at <= @now
        ORDER BY due_at, seq
        LIMIT @count
        """;

    // primary key
    public readonly string Lease = $"""
        UPDATE {p}deliveries SET lease = @lease, due_at = @end WHERE seq = @seq
        """;

    // deliveries_due: what is leased is due in the future
    public readonly string Reclaim = $"""
        UPDATE {p}deliveries SET due_at = @now, lease = NULL WHERE due_at > @now AND lease BETWEEN @first AND @last
        """;

    // primary key
    public readonly string EventBySeq = $"""
        SELECT id, type, tenant_id, tenant_name, created_at, target_count, trace_parent, data FROM {p}events WHERE seq = @seq
        """;

    // events_id
    public readonly string EventById = $"""
        SELECT id, type, tenant_id, tenant_name, created_at, target_count, trace_parent, data FROM {p}events WHERE id = @id
        """;

    // ── Record ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    // primary key
    public readonly string Renew = $"""
        UPDATE {p}deliveries SET due_at = @end WHERE seq = @seq AND lease = @lease
        """;

    // primary key
    public readonly string PutBack = $"""
        UPDATE {p}deliveries SET due_at = @due_at, attempts = attempts + @charge, lease = NULL WHERE seq = @seq AND lease = @lease
        """;

    // primary keys
    public readonly string CopyToFailed = $"""
        INSERT INTO {p}failed (seq, event_seq, tenant_id, subscription_id, attempts, is_fifo, subscription_name, reason, completed_at)
        SELECT d.seq, d.event_seq, e.tenant_id, d.subscription_id, d.attempts + @charge, d.is_fifo, d.subscription_name, @reason, @now
        FROM {p}deliveries AS d
        JOIN {p}events AS e ON e.seq = d.event_seq
        WHERE d.seq = @seq AND d.lease = @lease
        """;

    // primary key. Without RETURNING, for which the database makes a table in memory at each run: the claim knows what the row says.
    public readonly string EndUnordered = $"""
        DELETE FROM {p}deliveries WHERE seq = @seq AND lease = @lease AND is_fifo = 0
        """;

    // primary key
    public readonly string EndFifo = $"""
        DELETE FROM {p}deliveries WHERE seq = @seq AND lease = @lease AND is_fifo = 1
        """;

    // primary key, deliveries_fifo
    public readonly string PromoteNext = $"""
        UPDATE {p}deliveries
        SET due_at = @now
        WHERE seq = (SELECT min(seq) FROM {p}deliveries WHERE subscription_id = @subscription_id AND is_fifo = 1) AND due_at = {Blocked}
        """;

    public readonly string InsertAttempt = $"""
        INSERT INTO {p}attempts (
            delivered_seq, test_id, event_id, event_type, event_time, tenant_id, subscription_id, subscription_name, is_fifo, number, outcome,
            retry_delay, started_at, duration, status_code, error, error_message, retry_after, response_headers, response_body)
        VALUES (
            @delivered_seq, @test_id, @event_id, @event_type, @event_time, @tenant_id, @subscription_id, @subscription_name, @is_fifo, @number, @outcome,
            @retry_delay, @started_at, @duration, @status_code, @error, @error_message, @retry_after, @response_headers, @response_body)
        """;

    // The plain case, which is nearly all of them: half as many values to bind.
    public readonly string InsertDelivered = $"""
        INSERT INTO {p}attempts (
            delivered_seq, event_id, event_type, event_time, tenant_id, subscription_id, subscription_name, is_fifo, number, outcome,
            started_at, duration, status_code, response_headers, response_body)
        VALUES (
            @delivered_seq, @event_id, @event_type, @event_time, @tenant_id, @subscription_id, @subscription_name, @is_fifo, @number, '{nameof(DeliveryState.Delivered)}',
            @started_at, @duration, @status_code, @response_headers, @response_body)
        """;

    // ── Give up, send again ──────────────────────────────────────────────────────────────────────────────────────────────────

    // deliveries_subscription
    public readonly string NotLeased = $"""
        SELECT seq
        FROM {p}deliveries
        WHERE subscription_id = @subscription_id AND (lease IS NULL OR due_at <= @now)
        ORDER BY due_at, seq
        LIMIT @count
        """;

    // primary keys
    public readonly string CopyNotLeasedToFailed = $"""
        INSERT INTO {p}failed (seq, event_seq, tenant_id, subscription_id, attempts, is_fifo, subscription_name, reason, completed_at)
        SELECT d.seq, d.event_seq, e.tenant_id, d.subscription_id, d.attempts, d.is_fifo, d.subscription_name, @reason, @now
        FROM {p}deliveries AS d
        JOIN {p}events AS e ON e.seq = d.event_seq
        WHERE d.seq = @seq
        """;

    // primary key
    public readonly string DeleteDelivery = $"""
        DELETE FROM {p}deliveries WHERE seq = @seq
        """;

    // events_time: a delivery's id begins with its event's time in milliseconds
    public readonly string EventsOfTime = $"""
        SELECT seq, id, created_at FROM {p}events WHERE created_at BETWEEN @from AND @to
        """;

    // deliveries_event, failed_event, attempts_event
    public readonly string SubscriptionsOfEvent = $"""
        SELECT subscription_id FROM {p}deliveries WHERE event_seq = @event_seq
        UNION
        SELECT subscription_id FROM {p}failed WHERE event_seq = @event_seq
        UNION
        SELECT subscription_id FROM {p}attempts WHERE event_id = @event_id AND test_id IS NULL
        """;

    // deliveries_event
    public readonly string IsPending = $"""
        SELECT 1 FROM {p}deliveries WHERE event_seq = @event_seq AND subscription_id = @subscription_id
        """;

    // failed_event
    public readonly string TakeFailed = $"""
        DELETE FROM {p}failed WHERE event_seq = @event_seq AND subscription_id = @subscription_id RETURNING is_fifo, subscription_name
        """;

    // attempts_event
    public readonly string ReopenDelivered = $"""
        UPDATE {p}attempts
        SET delivered_seq = NULL
        WHERE event_id = @event_id AND +subscription_id = @subscription_id AND +delivered_seq IS NOT NULL
        RETURNING is_fifo, subscription_name
        """;

    // events_tenant, whose rows of one time stand in the order of seq; failed_event, deliveries_event, attempts_event
    public readonly string Recoverable = $"""
        SELECT e.stored_at, e.seq, e.type, f.seq IS NOT NULL
        FROM {p}events AS e
        LEFT JOIN {p}failed AS f ON f.event_seq = e.seq AND f.subscription_id = @subscription_id
        WHERE e.tenant_id = @tenant_id AND (e.stored_at, e.seq) > (@after_time, @after_seq)
          AND (f.seq IS NOT NULL
               OR NOT EXISTS (SELECT 1 FROM {p}deliveries WHERE event_seq = e.seq AND subscription_id = @subscription_id)
              AND NOT EXISTS (
                  SELECT 1 FROM {p}attempts
                  WHERE event_id = e.id AND +subscription_id = @subscription_id AND test_id IS NULL AND outcome IS NOT NULL))
        ORDER BY e.stored_at, e.seq
        LIMIT @count
        """;

    // ── Purge: the oldest first, some at a time ──────────────────────────────────────────────────────────────────────────────

    // primary key: the log stands in the order of time
    public readonly string PurgeAttempts = $"""
        DELETE FROM {p}attempts
        WHERE seq IN (SELECT seq FROM {p}attempts ORDER BY seq LIMIT @count) AND started_at < @before
        """;

    // failed_time
    public readonly string PurgeFailed = $"""
        DELETE FROM {p}failed
        WHERE seq IN (SELECT seq FROM {p}failed WHERE completed_at < @before ORDER BY completed_at LIMIT @count)
        """;

    // primary key: events stand in the order of publication
    public readonly string OldEvents = $"""
        SELECT max(seq)
        FROM (SELECT seq, stored_at FROM {p}events WHERE seq > @after ORDER BY seq LIMIT @count)
        WHERE stored_at < @before
        """;

    // primary key; deliveries_event, failed_event, attempts_event: an event stays as long as anything speaks of it
    public readonly string PurgeEvents = $"""
        DELETE FROM {p}events
        WHERE seq > @after AND seq <= @last AND stored_at < @before
          AND NOT EXISTS (SELECT 1 FROM {p}deliveries WHERE event_seq = {p}events.seq)
          AND NOT EXISTS (SELECT 1 FROM {p}failed WHERE event_seq = {p}events.seq)
          AND NOT EXISTS (SELECT 1 FROM {p}attempts WHERE event_id = {p}events.id)
        """;
}
