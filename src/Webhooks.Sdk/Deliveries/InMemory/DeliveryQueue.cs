namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>
/// What is waiting, due and leased. Not thread-safe: the store calls it under its lock. Claims go round the subscriptions, so one backlog
/// cannot hide the others, and a step costs the same however long the queue is (a retry: the logarithm of those that wait; taking out a
/// subscription: a look at each of them), but for the one that finds an array full and copies it.
/// </summary>
internal sealed class DeliveryQueue
{
    private const int KeptWaiting = 1024;

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

    /// <summary>When something that is waiting becomes due; <see cref="long.MaxValue"/> for nothing.</summary>
    public long NextWaitingDueAt => _waiting.TryPeek(out _, out var next) ? next.DueAt : long.MaxValue;

    /// <summary>When something that is waiting or leased becomes due; <see cref="long.MaxValue"/> for nothing.</summary>
    public long NextDueAt => Math.Min(NextWaitingDueAt, _nextExpiry);

    public IEnumerable<QueuedDelivery> Due => _bySubscription.Values.SelectMany(q => q.Due.Rows);

    /// <summary>Due or waiting.</summary>
    public IEnumerable<QueuedDelivery> Idle => Due.Concat(_waiting.UnorderedItems.Select(i => i.Element));

    public IEnumerable<QueuedDelivery> UnderLease => _leased.All.Select(l => l.Delivery);

    public IEnumerable<QueuedDelivery> All => Idle.Concat(UnderLease);

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
    public void AddNew(EventRow row, long now)
    {
        Promote(now);
        for (var i = 0; i < row.Targets.Count; i++)
        {
            // A target that is named twice meets a queue whose last event was this one.
            var queue = QueueOf(row.Targets[i].SubscriptionId);
            if (queue.LastPublished != row.Number)
            {
                queue.LastPublished = row.Number;
                Append(row, i, queue, now);
            }
        }
    }

    /// <summary>Adds a delivery that is to be made again.</summary>
    public void Add(EventRow row, int targetIndex, long now)
    {
        Promote(now);
        Append(row, targetIndex, QueueOf(row.Targets[targetIndex].SubscriptionId), now);
    }

    /// <summary>Lets time act: what waits becomes due, and leases whose time has come are over.</summary>
    public void MoveTo(long now)
    {
        Promote(now);
        ExpireLeases(now);
    }

    public List<ClaimedDelivery> Claim(ClaimRequest request, long now)
    {
        MoveTo(now);
        var available = Math.Min(Pending - Leased, (long)request.MaxPerSubscription * _round.Count);
        var claimed = new List<ClaimedDelivery>((int)Math.Min(request.MaxCount, available));
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
        if (_leased.TryRenew(token, end))
        {
            _nextExpiry = Math.Min(_nextExpiry, end); // a renewal may also bring the end nearer
        }
    }

    /// <summary>Ends a lease; false when it was lost. The delivery belongs to nothing until it is put back or removed.</summary>
    public bool TryEndLease(Guid token, out QueuedDelivery delivery)
    {
        if (!_leased.TryRemove(token, out delivery))
        {
            return false;
        }

        delivery.Queue.Leased--;
        return true;
    }

    /// <summary>Puts a delivery that was leased back, due at a time.</summary>
    public void PutBack(ref QueuedDelivery delivery, long dueAt, long now)
    {
        delivery.DueAt = dueAt;
        if (dueAt <= now)
        {
            BecomeDue(delivery);
            return;
        }

        delivery.Queue.IsBlocked |= delivery.IsFifo;
        _waiting.Enqueue(delivery, (dueAt, delivery.Sequence));
        _hasNews = true; // whoever waits has to set its timer anew
        List(delivery.Queue);
    }

    /// <summary>The delivery is delivered or given up.</summary>
    public void Remove(in QueuedDelivery delivery)
    {
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

        List<QueuedDelivery> taken = [.. TakeWaiting(queue), .. queue.Due.Rows];
        queue.Due.Clear();
        queue.IsBlocked = false;
        foreach (var delivery in taken)
        {
            Remove(delivery);
        }

        return taken;
    }

    // A heap has no way of taking out one, so it is built anew from the others.
    private List<QueuedDelivery> TakeWaiting(SubscriptionQueue queue)
    {
        var taken = _waiting.UnorderedItems.Select(i => i.Element).Where(d => d.Queue == queue).ToList();
        if (taken.Count > 0)
        {
            var others = _waiting.UnorderedItems.Where(i => i.Element.Queue != queue).ToList();
            _waiting.Clear();
            _waiting.EnqueueRange(others);
        }

        return taken;
    }

    private void Append(EventRow row, int targetIndex, SubscriptionQueue queue, long now)
    {
        queue.Due.AddLast(new QueuedDelivery(row, targetIndex, queue, ++_lastSequence, now));
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
        var delivery = queue.Due.RemoveFirst();
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

        foreach (var (token, _) in _leased.All.Where(l => l.Delivery.DueAt <= now).OrderBy(l => l.Delivery.Sequence).ToList())
        {
            TryEndLease(token, out var delivery);
            PutBack(ref delivery, now, now);
        }

        _nextExpiry = _leased.All.Select(l => l.Delivery.DueAt).DefaultIfEmpty(long.MaxValue).Min();
    }

    private void Promote(long now)
    {
        while (NextWaitingDueAt <= now)
        {
            BecomeDue(_waiting.Dequeue());
        }

        if (_waiting.Count == 0 && _waiting.Capacity > KeptWaiting)
        {
            _waiting.TrimExcess(); // as the rings do: what grew for a backlog is let go
        }
    }

    // What is FIFO keeps its place at the head; what is not goes behind those that are due already.
    private void BecomeDue(in QueuedDelivery delivery)
    {
        var queue = delivery.Queue;
        if (delivery.IsFifo)
        {
            queue.Due.AddFirst(delivery);
            queue.IsBlocked = false;
        }
        else
        {
            queue.Due.AddLast(delivery);
        }

        List(queue);
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
