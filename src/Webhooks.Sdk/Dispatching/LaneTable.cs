using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Threading.Channels;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dispatching;

/// <summary>The lanes of this node, which of them want to be run, and which are full. Deliveries are offered by one thread; runners take from many.</summary>
internal sealed class LaneTable(LaneLimits limits, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, EndpointLane> _lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, EndpointLane> _full = new(StringComparer.Ordinal);

    // A null lane ends the runner that reads it.
    private readonly Channel<EndpointLane?> _ready = Channel.CreateUnbounded<EndpointLane?>();

    /// <summary>Set when a lane that was full has room again.</summary>
    public AsyncSignal Room { get; } = new();

    /// <summary>The subscriptions that nothing more should be claimed for.</summary>
    public IReadOnlySet<string> Full => _full.IsEmpty ? FrozenSet<string>.Empty : _full.Keys.ToHashSet(StringComparer.Ordinal);

    public void Offer(ClaimedDelivery delivery)
    {
        if (!_lanes.TryGetValue(delivery.SubscriptionId, out var lane))
        {
            lane = _lanes.GetOrAdd(delivery.SubscriptionId, new EndpointLane(delivery.SubscriptionId, limits, time));
        }

        if (lane.Offer(delivery, out var isFull))
        {
            Run(lane);
        }

        if (isFull)
        {
            _full[lane.SubscriptionId] = lane;
            if (!lane.IsFull)
            {
                MadeRoom(lane); // a runner was quicker
            }
        }
    }

    public void Run(EndpointLane lane) => _ready.Writer.TryWrite(lane);

    public ValueTask<EndpointLane?> NextAsync() => _ready.Reader.ReadAsync();

    public void EndRunner() => _ready.Writer.TryWrite(null);

    public void MadeRoom(EndpointLane lane)
    {
        _full.TryRemove(lane.SubscriptionId, out _);
        Room.Set();
    }

    /// <summary>Forgets lanes with nothing in hand. Called by the thread that offers, so none of them is being offered anything.</summary>
    public void RemoveIdle()
    {
        foreach (var (id, lane) in _lanes)
        {
            if (lane.IsIdle && _lanes.TryRemove(id, out _))
            {
                lane.Dispose();
            }
        }
    }

    public List<ClaimedDelivery> TakeAll() => [.. _lanes.Values.SelectMany(l => l.TakeAll())];

    public void CopyTo(List<ClaimedDelivery> target)
    {
        foreach (var lane in _lanes.Values)
        {
            lane.CopyTo(target);
        }
    }
}
