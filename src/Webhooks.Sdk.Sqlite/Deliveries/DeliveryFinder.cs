using Webhooks.Sdk.Events;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>Finds a delivery by its id, which no table keeps: it begins with the time of its event, and the rest is computed from the two ids.</summary>
internal sealed class DeliveryFinder(SqliteDeliverySql sql)
{
    public sealed record Found(long EventSeq, string EventId, string SubscriptionId);

    public Found? Find(SqliteSession session, Guid deliveryId)
    {
        Span<byte> bytes = stackalloc byte[16];
        deliveryId.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16;
        foreach (var (seq, id, time) in EventsOf(session, milliseconds))
        {
            using var subscriptions = session.Use(sql.SubscriptionsOfEvent).Bind(seq).Bind(id);
            while (subscriptions.Step())
            {
                var subscription = subscriptions.Text(0);
                if (DeliveryId.Is(deliveryId, time, id, subscription))
                {
                    return new(seq, id, subscription);
                }
            }
        }

        return null;
    }

    private List<(long Seq, string Id, DateTimeOffset Time)> EventsOf(SqliteSession session, long milliseconds)
    {
        var events = new List<(long, string, DateTimeOffset)>();
        using var select = session.Use(sql.EventsOfTime).Bind(milliseconds * 1000).Bind((milliseconds * 1000) + 999);
        while (select.Step())
        {
            events.Add((select.Integer(0), select.Text(1), select.Integer(2).ToTime()));
        }

        return events;
    }
}
