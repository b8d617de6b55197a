using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// Deliveries on their way from a publication of this node to its own worker. They are stored and leased to this node before they come here, so
/// they are as safe as any: what is lost with the process comes back when its lease ends. Bounded, for a worker that is there, and never for a
/// subscription that is behind in the queue: what is older goes first. A subscription whose endpoint is busy may have many here, as long as they
/// keep moving; one that has come to a halt gets no more.
/// </summary>
internal sealed class HandOff(int capacity, TimeProvider time)
{
    private const long MaxBytes = 16 * 1024 * 1024;

    // A worker claims at least once a second, unless it has its hands full.
    private static readonly TimeSpan WorkerIsGone = TimeSpan.FromSeconds(10);

    // An endpoint that has taken nothing for so long hangs, or waits for its breaker or its rate.
    private static readonly TimeSpan Halted = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<HandedDelivery>> _bySubscription = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _takenAt = new(StringComparer.Ordinal);
    private ClaimRequest? _lastClaim;
    private IReadOnlySet<string> _behind = System.Collections.Frozen.FrozenSet<string>.Empty;
    private bool _allAreBehind = true;
    private bool _hasWorker;
    private long _lastClaimAt;
    private long _bytes;
    private int _count;

    /// <summary>How long a delivery may stay here: then a third of its lease is over, and the worker's first renewal is a third away.</summary>
    public TimeSpan LongestStay => (_lastClaim?.Lease ?? TimeSpan.FromMinutes(1)) / 3;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public void WorkerClaims(ClaimRequest request)
    {
        lock (_gate)
        {
            _lastClaim = request;
            _lastClaimAt = time.GetTimestamp();
        }
    }

    /// <summary>Whoever claims and waits is a worker; whoever only claims may never come back.</summary>
    public void WorkerWaits() => _hasWorker = true;

    /// <summary>What the last look into the queue left there: subscriptions, or anything at all.</summary>
    public void QueueLeft(IReadOnlySet<string> behind, bool allAreBehind)
    {
        lock (_gate)
        {
            _behind = behind;
            _allAreBehind = allAreBehind;
        }
    }

    /// <summary>Keeps a place for a delivery that is about to be stored; null when it has to take the way through the queue.</summary>
    public TimeSpan? TryReserve(string subscriptionId, int bytes)
    {
        lock (_gate)
        {
            if (!_hasWorker || _lastClaim is not { } claim || _allAreBehind || _count >= capacity || _bytes + bytes > MaxBytes
                || _behind.Contains(subscriptionId) || time.GetElapsedTime(_lastClaimAt) > WorkerIsGone || !Moves(subscriptionId, claim))
            {
                return null;
            }

            _count++;
            _bytes += bytes;
            return claim.Lease;
        }
    }

    /// <summary>The delivery was not stored.</summary>
    public void GiveUp(int bytes)
    {
        lock (_gate)
        {
            _count--;
            _bytes -= bytes;
        }
    }

    /// <summary>The delivery was stored: the worker may have it.</summary>
    public void Add(HandedDelivery delivery)
    {
        lock (_gate)
        {
            var id = delivery.Claim.SubscriptionId;
            if (!_bySubscription.TryGetValue(id, out var queue))
            {
                _bySubscription[id] = queue = new Queue<HandedDelivery>();
            }

            queue.Enqueue(delivery);
        }
    }

    /// <summary>What the worker asks for, within its limits; the rest stays.</summary>
    public List<ClaimedDelivery> Take(ClaimRequest request)
    {
        if (IsEmpty)
        {
            return [];
        }

        List<ClaimedDelivery> taken = [];
        lock (_gate)
        {
            foreach (var (id, queue) in _bySubscription)
            {
                if (taken.Count == request.MaxCount)
                {
                    break;
                }

                if (!request.ExcludedSubscriptions.Contains(id))
                {
                    _takenAt[id] = time.GetTimestamp();
                    for (var n = 0; n < request.MaxPerSubscription && taken.Count < request.MaxCount && queue.TryPeek(out var next) && IsFresh(next); n++)
                    {
                        taken.Add(Remove(queue).Claim);
                    }
                }

                if (queue.Count == 0)
                {
                    _bySubscription.Remove(id);
                }
            }
        }

        return taken;
    }

    /// <summary>Takes out what has been here too long, to be given back to the queue.</summary>
    public List<HandedDelivery> TakeStale()
    {
        lock (_gate)
        {
            foreach (var (id, at) in _takenAt)
            {
                if (time.GetElapsedTime(at) >= Halted)
                {
                    _takenAt.Remove(id);
                }
            }
        }

        return TakeWhere((_, delivery) => !IsFresh(delivery));
    }

    /// <summary>Takes out everything of a subscription; null for all of them. What is still being stored is released as it comes.</summary>
    public List<HandedDelivery> TakeAll(string? subscriptionId = null) => TakeWhere((id, _) => subscriptionId is null || id == subscriptionId);

    /// <summary>The worker stops: nothing more is for it.</summary>
    public void WorkerLeaves() => _hasWorker = false;

    /// <summary>The tokens that are held here: to whom the deliveries look leased nobody is attempting them.</summary>
    public Guid[] Tokens()
    {
        lock (_gate)
        {
            return [.. _bySubscription.Values.SelectMany(q => q).Select(d => d.Claim.LeaseToken)];
        }
    }

    private List<HandedDelivery> TakeWhere(Func<string, HandedDelivery, bool> condition)
    {
        List<HandedDelivery> taken = [];
        lock (_gate)
        {
            foreach (var (id, queue) in _bySubscription)
            {
                while (queue.TryPeek(out var next) && condition(id, next))
                {
                    taken.Add(Remove(queue));
                }

                if (queue.Count == 0)
                {
                    _bySubscription.Remove(id);
                }
            }
        }

        return taken;
    }

    // What is full and has taken nothing lately may be full for long: its deliveries wait in the queue, which other nodes see too.
    private bool Moves(string subscriptionId, ClaimRequest claim) =>
        (!_bySubscription.TryGetValue(subscriptionId, out var queue) || !queue.TryPeek(out var oldest) || time.GetElapsedTime(oldest.LeasedAt) < Halted)
        && (!claim.ExcludedSubscriptions.Contains(subscriptionId) || (_takenAt.TryGetValue(subscriptionId, out var at) && time.GetElapsedTime(at) < Halted));

    private HandedDelivery Remove(Queue<HandedDelivery> queue)
    {
        var delivery = queue.Dequeue();
        _count--;
        _bytes -= delivery.Bytes;
        return delivery;
    }

    private bool IsFresh(HandedDelivery delivery) => time.GetElapsedTime(delivery.LeasedAt) < LongestStay;
}
