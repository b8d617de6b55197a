using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>Records as the columns of <see cref="DeliverySql.Record"/>.</summary>
internal static class RecordColumns
{
    /// <summary>The columns; their statement answers with places, counted from 1.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, IReadOnlyList<DeliveryRecord> records) => command
        .With([.. records.Select(r => r.Delivery.Id)])
        .With([.. records.Select(r => r.Delivery.LeaseToken)])
        .With([.. records.Select(r => KindOf(r.Transition))])
        .With([.. records.Select(r => DelayOf(r.Transition))])
        .With([.. records.Select(r => (short)((r.Transition as DeliveryTransition.Failed)?.Reason ?? 0))])
        .With(Texts(records, r => r.Delivery.Event.Id))
        .With(Texts(records, r => r.Delivery.Event.Type))
        .With([.. records.Select(r => r.Delivery.Event.CreatedAt.ToUniversalTime())])
        .With(Texts(records, r => r.Delivery.Event.TenantId))
        .With(Texts(records, r => r.Delivery.SubscriptionId))
        .With(Texts(records, r => r.Delivery.SubscriptionName))
        .With([.. records.Select(r => r.Delivery.Attempts + 1)])
        .With([.. records.Select(r => r.Result?.StartedAt.ToUniversalTime())])
        .With([.. records.Select(r => DelayMicroseconds.ToMicroseconds(r.Result?.Duration ?? default))])
        .With([.. records.Select(r => r.Result?.StatusCode ?? 0)])
        .With([.. records.Select(r => (short)(r.Result?.Error ?? default))])
        .With(Texts(records, r => StorableText.From(r.Result?.ErrorMessage)))
        .With(Texts(records, r => StorableText.From(r.Result?.ResponseHeaders)))
        .With([.. records.Select(r => r.Result?.ResponseBody ?? default)])
        .With(Texts(records, r => StorableText.From(r.Result?.RetryAfter)));

    /// <summary>The columns of <see cref="DeliverySql.RecordDelivered"/>; it answers with the ids of those whose lease was held.</summary>
    public static NpgsqlBatchCommand WithDelivered(this NpgsqlBatchCommand command, List<DeliveryRecord> records, Guid[] ids) => command
        .With(ids)
        .With(ColumnOf(records, r => r.Delivery.LeaseToken))
        .With(ColumnOf(records, r => r.Delivery.Event.Type))
        .With(ColumnOf(records, r => r.Delivery.Event.CreatedAt.UtcDateTime))
        .With(ColumnOf(records, r => r.Delivery.Attempts + 1))
        .With(ColumnOf(records, r => r.Result!.StartedAt.UtcDateTime))
        .With(ColumnOf(records, r => DelayMicroseconds.ToMicroseconds(r.Result!.Duration)))
        .With(ColumnOf(records, r => r.Result!.StatusCode))
        .With(ColumnOf(records, r => StorableText.From(r.Result!.ResponseHeaders)))
        .With(ColumnOf(records, r => r.Result!.ResponseBody));

    /// <summary>Delivered, with nothing to say about it but the answer.</summary>
    public static bool IsPlain(in DeliveryRecord record) =>
        record is { Transition: DeliveryTransition.Delivered, Result: { Error: AttemptError.None, ErrorMessage: null, RetryAfter: null } };

    public static Guid[] IdsOf(List<DeliveryRecord> records) => ColumnOf(records, r => r.Delivery.Id);

    public static long DelayOf(DeliveryTransition transition) => transition switch
    {
        DeliveryTransition.Retry retry => DelayMicroseconds.ToMicroseconds(retry.Delay),
        DeliveryTransition.Released released => DelayMicroseconds.ToMicroseconds(released.Delay),
        _ => 0,
    };

    private static short KindOf(DeliveryTransition transition) => transition switch
    {
        DeliveryTransition.Delivered => DeliverySql.Delivered,
        DeliveryTransition.Retry => DeliverySql.Retry,
        DeliveryTransition.Failed => DeliverySql.Failed,
        DeliveryTransition.Released => DeliverySql.Released,
        _ => throw new InvalidOperationException($"Unknown transition {transition}."),
    };

    private static T[] ColumnOf<T>(List<DeliveryRecord> records, Func<DeliveryRecord, T> column)
    {
        var values = new T[records.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column(records[i]);
        }

        return values;
    }

    private static string?[] Texts(IReadOnlyList<DeliveryRecord> records, Func<DeliveryRecord, string?> column) => [.. records.Select(column)];
}
