using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// What one publication stores already leased to this process, for its own worker: nothing need be claimed, updated or read again. Not for a
/// subscription that has something due in the queue: what is older goes first.
/// </summary>
internal sealed class HandingOver(HandOff handOff, SqliteDeliverySql sql, ClaimingProcess process, TimeProvider time)
{
    private readonly List<HandedDelivery> _handed = [];
    private string? _lastAsked;
    private bool _isBehind;
    private long _lease;
    private long _leasedAt;
    private int _reserved;
    private long _reservedBytes;

    /// <summary>Something of it waits in the queue.</summary>
    public bool HasQueued { get; private set; }

    public IReadOnlyList<HandedDelivery> Handed => _handed;

    /// <summary>The transaction begins, perhaps a second time: what the first one wrote is gone.</summary>
    public void Begin()
    {
        GiveUp();
        (_lastAsked, HasQueued) = (null, false);
        _lease = process.NextLease();
        _leasedAt = time.GetTimestamp();
    }

    /// <summary>Stores the delivery, leased; false when it has to take the way through the queue.</summary>
    public bool TryInsert(SqliteSession session, WebhookEvent @event, long eventSeq, in DeliveryTarget target, long now)
    {
        if (TryReserve(session, @event, target, now) is not { } lease)
        {
            HasQueued = true;
            return false;
        }

        using var insert = session.Use(sql.InsertLeasedDelivery).Bind(eventSeq).Bind(target.SubscriptionId).Bind(now + lease.ToMicroseconds());
        if (insert.Bind(_lease).Bind(target.SubscriptionName).Run() == 0)
        {
            Return(1, @event.Data.Length); // the event names the subscription twice
            return true;
        }

        var claim = new ClaimedDelivery
        {
            Event = @event,
            SubscriptionId = target.SubscriptionId,
            SubscriptionName = target.SubscriptionName,
            LeaseToken = new RowLease(_lease, session.LastInsertedRow).ToGuid(),
        };
        _handed.Add(new(claim, _leasedAt, now));
        return true;
    }

    /// <summary>Nothing of it was stored.</summary>
    public void GiveUp()
    {
        _handed.Clear();
        Return(_reserved, _reservedBytes);
    }

    private TimeSpan? TryReserve(SqliteSession session, WebhookEvent @event, in DeliveryTarget target, long now)
    {
        if (target.Ordering == DeliveryOrdering.Fifo || IsBehind(session, target.SubscriptionId, now))
        {
            return null;
        }

        if (handOff.TryReserve(target.SubscriptionId, @event.Data.Length) is not { } lease)
        {
            _isBehind = true; // from now on
            return null;
        }

        _reserved++;
        _reservedBytes += @event.Data.Length;
        return lease;
    }

    private void Return(int count, long bytes)
    {
        handOff.Return(count, bytes);
        _reserved -= count;
        _reservedBytes -= bytes;
    }

    private bool IsBehind(SqliteSession session, string subscriptionId, long now)
    {
        if (subscriptionId != _lastAsked)
        {
            using var due = session.Use(sql.HasDue).Bind(subscriptionId).Bind(now);
            (_lastAsked, _isBehind) = (subscriptionId, due.Step());
        }

        return _isBehind;
    }
}
