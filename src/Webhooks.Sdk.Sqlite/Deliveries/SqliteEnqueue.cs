using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>Stores events and their deliveries. Runs on our connection or on the host's.</summary>
internal sealed class SqliteEnqueue(SqliteDeliverySql sql)
{
    /// <summary>For each event whether it is new.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="batch">The events.</param>
    /// <param name="byHand">Takes what goes to this process's own worker; null when nobody is told of the commit, or there is no worker.</param>
    /// <param name="now">Since when they are due.</param>
    public bool[] Run(SqliteSession session, IReadOnlyList<EventTargets> batch, HandingOver? byHand, long now)
    {
        byHand?.Begin();
        var isNew = new bool[batch.Count];
        for (var i = 0; i < isNew.Length; i++)
        {
            isNew[i] = TryInsertEvent(session, batch[i], now, out var seq);
            for (var j = 0; isNew[i] && j < batch[i].Targets.Count; j++)
            {
                var target = batch[i].Targets[j];
                if (byHand is null || !byHand.TryInsert(session, batch[i].Event, seq, target, now))
                {
                    InsertDelivery(session, seq, target, now);
                }
            }
        }

        return isNew;
    }

    /// <summary>Adds one delivery of a stored event; does nothing when it is pending.</summary>
    public void InsertDelivery(SqliteSession session, long eventSeq, in DeliveryTarget target, long now)
    {
        using var insert = session.Use(target.Ordering == DeliveryOrdering.Fifo ? sql.InsertFifoDelivery : sql.InsertDelivery);
        insert.Bind(eventSeq).Bind(target.SubscriptionId).Bind(now).Bind(target.SubscriptionName).Run();
    }

    private bool TryInsertEvent(SqliteSession session, in EventTargets item, long now, out long seq)
    {
        var @event = item.Event;
        using var insert = session.Use(sql.InsertEvent);
        insert.Bind(@event.Id).Bind(@event.Type).Bind(@event.TenantId).Bind(@event.TenantName).Bind(@event.CreatedAt.ToMicroseconds()).Bind(now)
            .Bind(@event.TargetCount).Bind(@event.TraceParent).Bind(@event.Data.Span);
        if (insert.Run() == 0)
        {
            seq = 0;
            return false;
        }

        seq = session.LastInsertedRow;
        return true;
    }
}
