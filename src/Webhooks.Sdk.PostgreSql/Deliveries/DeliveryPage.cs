using System.Globalization;
using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>A query's cursor, size and filters as parameters: the order of <see cref="DeliveryLogSql"/>.</summary>
internal static class DeliveryPage
{
    public static int SizeOf(DeliveryQuery query) => Math.Clamp(query.PageSize, 1, Page<WebhookDelivery>.MaxSize);

    public static int ParametersOf(DeliveryQuery query) =>
        2 + (query.TenantId is null ? 0 : 1) + (query.SubscriptionId is null ? 0 : 1) + (query.EventId is null ? 0 : 1) + (query.DeliveryId is null ? 0 : 1);

    /// <summary>One row more than the page holds tells whether there is a next page.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DeliveryQuery query)
    {
        command.With(CursorOf(query)).With(SizeOf(query) + 1);
        foreach (var text in new[] { query.TenantId, query.SubscriptionId, query.EventId })
        {
            _ = text is null ? command : command.With(text);
        }

        return query.DeliveryId is { } id ? command.With(id) : command;
    }

    /// <summary>The first and the last id of an event's deliveries.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, (Guid First, Guid Last)? ids) =>
        ids is { } range ? command.With(range.First).With(range.Last) : command;

    private static long CursorOf(DeliveryQuery query) =>
        long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : long.MaxValue;
}
