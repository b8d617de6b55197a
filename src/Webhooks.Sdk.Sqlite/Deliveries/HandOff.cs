using System.Runtime.InteropServices;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// Deliveries on their way from a publication of this process to its own worker. They are stored and leased to this process before they come here,
/// so they are as safe as any: what is lost with the process comes back at the next start, or when its lease ends. Bounded, and only for a worker
/// that is there. A subscription whose endpoint is busy may have many here, as long as they keep moving; one that has come to a halt gets no more.
/// </summary>
internal sealed class HandOff(TimeProvider time)
{
    // A second of work for two cores, and what it may hold in memory.
    private const int MostDeliveries = 20_000;
    private const long MostBytes = 16 * 1024 * 1024;

    // A worker claims at least once a second, unless it has its hands full.
    private static readonly TimeSpan WorkerIsGone = TimeSpan.FromSeconds(10);

    // An endpoint that has taken nothing for so long hangs, or waits for its breaker or its rate: its deliveries wait where other processes see them.
    private static readonly TimeSpan Halted = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HandedSubscription> _subscriptions = new(StringComparer.Ordinal);

    // Those with something waiting, whoever was served last behind the others.
    private readonly Queue<HandedSubscription> _turns = new();
    private ClaimRequest? _lastClaim;
    private long _lastClaimAt;
    private volatile bool _hasWorker;
    private long _bytes;
    private int _count;

    public bool HasWorker => _hasWorker;

    /// <summary>Nothing is here, on its way here, or remembered.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _count == 0 && _subscriptions.Count == 0;
            }
        }
    }

    /// <summary>How long a delivery may stay here. Its lease is longer by that, so that the worker gets a whole one.</summary>
    public TimeSpan LongestStay => LongestStayOf(_lastClaim?.Lease ?? TimeSpan.FromMinutes(1));

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

    /// <summary>The worker stops: nothing more is for it.</summary>
    public void WorkerLeaves() => _hasWorker = false;

    /// <summary>Keeps a place for a delivery that is about to be stored, and says for how long to lease it; null when it has to take the way through the queue.</summary>
    public TimeSpan? TryReserve(string subscriptionId, int bytes)
    {
        lock (_gate)
        {
            if (!_hasWorker || _lastClaim is not { } claim || _count >= MostDeliveries || _bytes + bytes > MostBytes
                || time.GetElapsedTime(_lastClaimAt) > WorkerIsGone || !Moves(subscriptionId, claim))
            {
                return null;
            }

            _count++;
            _bytes += bytes;
            return claim.Lease + LongestStayOf(claim.Lease);
        }
    }

    /// <summary>Gives places back: what they were kept for was not stored.</summary>
    public void Return(int count, long bytes)
    {
        lock (_gate)
        {
            _count -= count;
            _bytes -= bytes;
        }
    }

    /// <summary>They were stored: the worker may have them.</summary>
    public void Add(IReadOnlyList<HandedDelivery> deliveries)
    {
        lock (_gate)
        {
            for (var i = 0; i < deliveries.Count; i++)
            {
                var subscription = Get(deliveries[i].Claim.SubscriptionId);
                if (subscription.Waiting.Count == 0)
                {
                    _turns.Enqueue(subscription);
                }

                subscription.Waiting.Enqueue(deliveries[i]);
            }
        }
    }

    /// <summary>What the worker asks for, within its limits and one subscription after the other; the rest stays.</summary>
    public List<ClaimedDelivery> Take(ClaimRequest request)
    {
        List<ClaimedDelivery> taken = [];
        lock (_gate)
        {
            for (var turns = _turns.Count; turns > 0 && taken.Count < request.MaxCount; turns--)
            {
                var subscription = _turns.Dequeue();
                if (!request.ExcludedSubscriptions.Contains(subscription.Id))
                {
                    Take(subscription, Math.Min(request.MaxPerSubscription, request.MaxCount - taken.Count), taken);
                }

                if (subscription.Waiting.Count > 0)
                {
                    _turns.Enqueue(subscription);
                }
            }
        }

        return taken;
    }

    /// <summary>Whose deliveries are here.</summary>
    public HashSet<string> Subscriptions()
    {
        lock (_gate)
        {
            return _turns.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>The tokens that are held here, and since when these are due: they look leased, and nobody is attempting them.</summary>
    public Dictionary<Guid, long> DueTimes()
    {
        lock (_gate)
        {
            return _turns.SelectMany(s => s.Waiting).ToDictionary(d => d.Claim.LeaseToken, d => d.DueAt);
        }
    }

    /// <summary>Takes out what has been here too long, or all when there is no worker, to be given back to the queue.</summary>
    public List<HandedDelivery> TakeStale()
    {
        lock (_gate)
        {
            var stale = TakeOut((_, delivery) => !_hasWorker || !IsFresh(delivery));
            foreach (var (id, subscription) in _subscriptions)
            {
                if (subscription.Waiting.Count == 0 && (subscription.TakenAt is not { } at || time.GetElapsedTime(at) >= Halted))
                {
                    _subscriptions.Remove(id);
                }
            }

            return stale;
        }
    }

    /// <summary>Takes out everything of a subscription; null for all of them.</summary>
    public List<HandedDelivery> TakeAll(string? subscriptionId = null)
    {
        lock (_gate)
        {
            return TakeOut((id, _) => subscriptionId is null || id == subscriptionId);
        }
    }

    private void Take(HandedSubscription subscription, int most, List<ClaimedDelivery> taken)
    {
        subscription.TakenAt = time.GetTimestamp();
        for (; most > 0 && subscription.Waiting.TryPeek(out var next) && IsFresh(next); most--)
        {
            taken.Add(Remove(subscription).Claim);
        }
    }

    private List<HandedDelivery> TakeOut(Func<string, HandedDelivery, bool> condition)
    {
        List<HandedDelivery> taken = [];
        for (var turns = _turns.Count; turns > 0; turns--)
        {
            var subscription = _turns.Dequeue();
            while (subscription.Waiting.TryPeek(out var next) && condition(subscription.Id, next))
            {
                taken.Add(Remove(subscription));
            }

            if (subscription.Waiting.Count > 0)
            {
                _turns.Enqueue(subscription);
            }
        }

        return taken;
    }

    private HandedDelivery Remove(HandedSubscription subscription)
    {
        var delivery = subscription.Waiting.Dequeue();
        _count--;
        _bytes -= delivery.Bytes;
        return delivery;
    }

    private HandedSubscription Get(string id)
    {
        ref var subscription = ref CollectionsMarshal.GetValueRefOrAddDefault(_subscriptions, id, out _);
        return subscription ??= new HandedSubscription(id);
    }

    private bool Moves(string id, ClaimRequest claim)
    {
        var known = _subscriptions.GetValueOrDefault(id);
        var isStuck = known is not null && known.Waiting.TryPeek(out var oldest) && time.GetElapsedTime(oldest.LeasedAt) >= Halted;
        return !isStuck && (!claim.ExcludedSubscriptions.Contains(id) || (known?.TakenAt is { } at && time.GetElapsedTime(at) < Halted));
    }

    private bool IsFresh(HandedDelivery delivery) => time.GetElapsedTime(delivery.LeasedAt) < LongestStay;

    private static TimeSpan LongestStayOf(TimeSpan lease) => lease / 6;
}
