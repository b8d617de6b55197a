namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>
/// What is waiting, due and leased. Not thread-safe: the store calls it under its lock. Claims go round the subscriptions, so one backlog
/// cannot hide the others, and every step costs the same however long the queue is (a retry: the logarithm of those that wait).
/// </summary>
internal sealed class DeliveryQueue
{
    private readonly Dictionary<string, SubscriptionQueue> _bySubscription = new(StringComparer.Ordinal);
    private readonly Queue<SubscriptionQueue> _round = new();
    private readonly PriorityQueue<QueuedDelivery, (long DueAt, long Sequence)> _waiting = new();
    private readonly LeaseTable _leased = new();
    private long _lastSequence;
    private long _nextExpiry = long.MaxValue;
    private volatile bool _hasNews;
    private volatile bool _hasRoom;

    public int Pending { get; private set; }

    /// <summary>The payloads of what is pending; one that goes to several subscriptions counts once.</summary>
    public long PendingBytes { get; private set; }

    public int Leased => _leased.Count;

    /// <summary>When something that is waiting or leased becomes due; <see cref="long.MaxValue"/> for nothing.</summary>
    public long NextDueAt => Math.Min(_waiting.TryPeek(out _, out var priority) ? priority.DueAt : long.MaxValue, _nextExpiry);

    public IEnumerable<QueuedDelivery> All =>
        _bySubscription.Values.SelectMany(q => q.Items)
            .Concat(_waiting.UnorderedItems.Select(i => i.Element).Where(d => d.State == QueuedState.Waiting && !d.IsFifo))
            .Concat(_leased.All.Select(l => l.Delivery));

    public IEnumerable<QueuedDelivery> Ready => _bySubscription.Values.SelectMany(q => q.Items).Where(d => d.State == QueuedState.Ready);

    public long NextWaitingDueAt => _waiting.UnorderedItems.Select(i => i.Element).Where(d => d.State == QueuedState.Waiting)
        .Select(d => d.DueAt).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>
    /// Whether a queue has become claimable, or a place has come free, since the last look. A queue that was claimable all along is no news:
    /// a worker that left something in it did so on purpose.
    /// </summary>
    public (bool HasNews, bool HasRoom) TakeNews()
    {
        var news = (_hasNews, _hasRoom);
        if (news._hasNews)
        {
            _hasNews = false;
        }

        if (news._hasRoom)
        {
            _hasRoom = false;
        }

        return news;
    }

    /// <summary>Adds a new event's deliveries, one for each subscription.</summary>
    public void AddNew(EventRow row, IReadOnlyList<DeliveryTarget> targets, long now)
    {
        Promote(now);
        for (var i = 0; i < targets.Count; i++)
        {
            // A target that is named twice meets a queue whose last event was this one.
            var queue = QueueOf(targets[i].SubscriptionId);
            if (queue.LastPublished != row.Number)
            {
                queue.LastPublished = row.Number;
                Append(row, queue, targets[i], now);
            }
        }
    }

    /// <summary>Adds a delivery that is to be made again.</summary>
    public void Add(EventRow row, in DeliveryTarget target, long now)
    {
        Promote(now);
        Append(row, QueueOf(target.SubscriptionId), target, now);
    }

    /// <summary>Lets time act: what is due becomes ready, and leases whose time has come are over.</summary>
    public void MoveTo(long now)
    {
        Promote(now);
        ExpireLeases(now);
    }

    public List<ClaimedDelivery> Claim(ClaimRequest request, long now)
    {
        MoveTo(now);
        var claimed = new List<ClaimedDelivery>(Math.Min(request.MaxCount, Pending - Leased));
        var end = now + request.Lease.Ticks;
        for (var turns = _round.Count; turns > 0 && claimed.Count < request.MaxCount; turns--)
        {
            var queue = _round.Dequeue();
            if (!request.ExcludedSubscriptions.Contains(queue.SubscriptionId))
            {
                for (var taken = 0; taken < request.MaxPerSubscription && claimed.Count < request.MaxCount && queue.CanClaim; taken++)
                {
                    claimed.Add(Lease(queue, end));
                }
            }

            queue.IsListed = queue.CanClaim;
            if (queue.IsListed)
            {
                _round.Enqueue(queue);
            }
        }

        return claimed;
    }

    public void Renew(Guid token, long end)
    {
        if (_leased.Find(token) is { } delivery)
        {
            delivery.DueAt = end;
            _nextExpiry = Math.Min(_nextExpiry, end); // a renewal may also bring the end nearer
        }
    }

    /// <summary>Ends a lease; null when it was lost. The delivery belongs to nothing until it is put somewhere.</summary>
    public QueuedDelivery? EndLease(Guid token)
    {
        var delivery = _leased.Remove(token);
        if (delivery is not null)
        {
            delivery.Queue.Leased--;
        }

        return delivery;
    }

    /// <summary>Puts a delivery that was leased back, due at a time.</summary>
    public void PutBack(QueuedDelivery delivery, long dueAt, long now)
    {
        delivery.DueAt = dueAt;
        delivery.State = dueAt > now ? QueuedState.Waiting : QueuedState.Ready;
        if (delivery.State == QueuedState.Waiting)
        {
            _waiting.Enqueue(delivery, (dueAt, delivery.Sequence));
            _hasNews = true; // whoever waits has to set its timer anew
        }

        // What is FIFO keeps its place at the head; what is not goes behind those that are due already.
        if (delivery.IsFifo)
        {
            delivery.Queue.PutFirst(delivery);
        }
        else if (delivery.State == QueuedState.Ready)
        {
            delivery.Queue.Append(delivery);
        }

        List(delivery.Queue);
    }

    /// <summary>The delivery is delivered or given up.</summary>
    public void Remove(QueuedDelivery delivery)
    {
        delivery.State = QueuedState.Gone;
        Pending--;
        PendingBytes -= --delivery.Row.Pending == 0 ? delivery.Row.Event.Data.Length : 0;
        _hasRoom = true;
        List(delivery.Queue);
    }

    /// <summary>Takes out everything of a subscription that is not leased.</summary>
    public List<QueuedDelivery> TakeAll(string subscriptionId, long now)
    {
        MoveTo(now);
        if (!_bySubscription.TryGetValue(subscriptionId, out var queue))
        {
            return [];
        }

        List<QueuedDelivery> taken =
        [
            .. queue.Items,
            .. _waiting.UnorderedItems.Select(i => i.Element).Where(d => d.Queue == queue && d.State == QueuedState.Waiting && !d.IsFifo),
        ];
        queue.Clear();
        foreach (var delivery in taken)
        {
            delivery.Next = null;
            Remove(delivery);
        }

        return taken;
    }

    private void Append(EventRow row, SubscriptionQueue queue, in DeliveryTarget target, long now)
    {
        queue.Append(new QueuedDelivery(row, queue, ++_lastSequence, target.SubscriptionName, target.Ordering == DeliveryOrdering.Fifo) { DueAt = now });
        Pending++;
        PendingBytes += row.Pending++ == 0 ? row.Event.Data.Length : 0;
        List(queue);
    }

    private SubscriptionQueue QueueOf(string subscriptionId)
    {
        if (!_bySubscription.TryGetValue(subscriptionId, out var queue))
        {
            _bySubscription[subscriptionId] = queue = new SubscriptionQueue(subscriptionId);
        }

        return queue;
    }

    private ClaimedDelivery Lease(SubscriptionQueue queue, long end)
    {
        var delivery = queue.Take();
        delivery.State = QueuedState.Leased;
        delivery.DueAt = end;
        queue.Leased++;
        _nextExpiry = Math.Min(_nextExpiry, end);
        return new ClaimedDelivery
        {
            Event = delivery.Row.Event,
            SubscriptionId = queue.SubscriptionId,
            SubscriptionName = delivery.SubscriptionName,
            Attempts = delivery.Attempts,
            LeaseToken = _leased.Add(delivery),
        };
    }

    // Leases are looked through only when the earliest end that any of them ever had has passed; renewals move the others on.
    private void ExpireLeases(long now)
    {
        if (now < _nextExpiry)
        {
            return;
        }

        foreach (var (token, delivery) in _leased.All.Where(l => l.Delivery.DueAt <= now).OrderBy(l => l.Delivery.Sequence).ToList())
        {
            EndLease(token);
            PutBack(delivery, now, now);
        }

        _nextExpiry = _leased.All.Select(l => l.Delivery.DueAt).DefaultIfEmpty(long.MaxValue).Min();
    }

    private void Promote(long now)
    {
        while (_waiting.TryPeek(out var delivery, out var priority) && (priority.DueAt <= now || delivery.State == QueuedState.Gone))
        {
            _waiting.Dequeue();
            if (delivery.State == QueuedState.Waiting)
            {
                delivery.State = QueuedState.Ready;
                if (!delivery.IsFifo)
                {
                    delivery.Queue.Append(delivery);
                }

                List(delivery.Queue);
            }
        }
    }

    private void List(SubscriptionQueue queue)
    {
        if (!queue.IsListed && queue.CanClaim)
        {
            queue.IsListed = true;
            _round.Enqueue(queue);
            _hasNews = true;
        }
    }
}
