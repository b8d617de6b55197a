using System.Text;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// The lists of the delivery log, newest first. Which filters there are decides which index is best, and the planner cannot know it: so the most
/// selective one stands plainly, and the others are kept from it by a unary plus.
/// </summary>
internal sealed class SqliteDeliveryLogSql(string p)
{
    // Whole tables: the smallest index is counted. Leased and waiting: deliveries_due.
    public readonly string Backlog = $"""
        SELECT
            (SELECT count(*) FROM {p}deliveries),
            (SELECT count(*) FROM {p}deliveries WHERE due_at > @now AND lease IS NOT NULL),
            (SELECT count(*) FROM {p}failed),
            (SELECT min(due_at) FROM {p}deliveries WHERE due_at <= @now),
            (SELECT due_at FROM {p}deliveries WHERE due_at > @now AND due_at < {SqliteDeliverySql.Blocked} AND lease IS NULL ORDER BY due_at LIMIT 1)
        """;

    // events_id
    public readonly string SeqOfEvent = $"""
        SELECT seq FROM {p}events WHERE id = @id
        """;

    // The primary key, or deliveries_event, deliveries_subscription and then a sort of thin rows; events by primary key, of the page only.
    public string Pending(DeliveryFilter filter) => filter.IsNarrow
        ? $"""
            SELECT page.seq, e.id, e.type, e.tenant_id, page.subscription_id, page.attempts, e.created_at, page.due_at, page.lease
            FROM (
                SELECT * FROM {p}deliveries
                WHERE +seq < @before{Where("event_seq", "subscription_id", "", filter with { TenantId = null })}
                ORDER BY seq DESC
                LIMIT @count) AS page
            CROSS JOIN {p}events AS e ON e.seq = page.event_seq{(filter.TenantId is null ? "" : " AND +e.tenant_id = @tenant_id")}
            ORDER BY page.seq DESC
            """
        : $"""
            SELECT d.seq, e.id, e.type, e.tenant_id, d.subscription_id, d.attempts, e.created_at, d.due_at, d.lease
            FROM {p}deliveries AS d
            CROSS JOIN {p}events AS e ON e.seq = d.event_seq
            WHERE d.seq < @before{(filter.TenantId is null ? "" : " AND +e.tenant_id = @tenant_id")}
            ORDER BY d.seq DESC
            LIMIT @count
            """;

    // failed_event, failed_subscription, failed_tenant, or the primary key; events by primary key
    public string Failed(DeliveryFilter filter) => $"""
        SELECT f.seq, e.id, e.type, e.tenant_id, f.subscription_id, f.attempts, e.created_at, f.reason, f.completed_at
        FROM {p}failed AS f
        CROSS JOIN {p}events AS e ON e.seq = f.event_seq
        WHERE {(filter.EventId is null ? "" : "+")}f.seq < @before{Where("f.event_seq", "f.subscription_id", "f.tenant_id", filter)}
        ORDER BY f.seq DESC
        LIMIT @count
        """;

    // attempts_event, delivered_subscription, delivered_tenant, or delivered
    public string Delivered(DeliveryFilter filter) => $"""
        SELECT delivered_seq, event_id, event_type, tenant_id, subscription_id, number, event_time, started_at + duration
        FROM {p}attempts
        WHERE {(filter.EventId is null ? "" : "+")}delivered_seq < @before{Where("event_id", "subscription_id", "tenant_id", filter)}
        ORDER BY delivered_seq DESC
        LIMIT @count
        """;

    // attempts_test, attempts_event, attempts_subscription, attempts_tenant, or the primary key
    public string Attempts(DeliveryFilter filter, bool isTest) => $"""
        SELECT seq, test_id, event_id, event_type, event_time, tenant_id, subscription_id, number, outcome,
            retry_delay, started_at, duration, status_code, error, error_message, retry_after, response_headers, response_body
        FROM {p}attempts
        WHERE {(isTest || filter.EventId is not null ? "+" : "")}seq < @before{(isTest ? " AND test_id = @test_id" : Where("event_id", "subscription_id", "tenant_id", filter))}
        ORDER BY seq DESC
        LIMIT @count
        """;

    private static string Where(string @event, string subscription, string tenant, DeliveryFilter filter)
    {
        var where = new StringBuilder();
        var plus = "";
        Add(filter.EventId, @event, "@event");
        Add(filter.SubscriptionId, subscription, "@subscription_id");
        Add(filter.TenantId, tenant, "@tenant_id");
        return where.ToString();

        void Add(string? value, string column, string parameter)
        {
            if (value is not null)
            {
                where.Append(" AND ").Append(plus).Append(column).Append(" = ").Append(parameter);
                plus = "+";
            }
        }
    }
}
