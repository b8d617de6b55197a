namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>One subscription's deliveries that are due, oldest first.</summary>
internal sealed class SubscriptionQueue(string subscriptionId)
{
    private QueuedDelivery? _head;
    private QueuedDelivery? _tail;

    public readonly string SubscriptionId = subscriptionId;

    /// <summary>The number of the event that was published to it last.</summary>
    public long LastPublished;

    /// <summary>How many are leased.</summary>
    public int Leased;

    /// <summary>It stands in the store's round of queues that have something to claim.</summary>
    public bool IsListed;

    /// <summary>The head may be claimed: in a FIFO queue only when nothing of it is leased and the head is not waiting for its retry.</summary>
    public bool CanClaim => _head is { State: QueuedState.Ready } head && !(head.IsFifo && Leased > 0);

    public IEnumerable<QueuedDelivery> Items
    {
        get
        {
            for (var item = _head; item is not null; item = item.Next)
            {
                yield return item;
            }
        }
    }

    public void Append(QueuedDelivery delivery)
    {
        delivery.Next = null;
        if (_tail is null)
        {
            _head = delivery;
        }
        else
        {
            _tail.Next = delivery;
        }

        _tail = delivery;
    }

    public void PutFirst(QueuedDelivery delivery)
    {
        delivery.Next = _head;
        _head = delivery;
        _tail ??= delivery;
    }

    public QueuedDelivery Take()
    {
        var taken = _head!;
        _head = taken.Next;
        if (_head is null)
        {
            _tail = null;
        }

        taken.Next = null;
        return taken;
    }

    public void Clear() => _head = _tail = null;
}
