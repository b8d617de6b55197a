using System.Collections.Concurrent;
using System.Diagnostics;

namespace Webhooks.Sdk.FaultBench.Receiving;

/// <summary>Everything that arrived, in order, by delivery.</summary>
internal sealed class ReceivedLog
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ConcurrentDictionary<DeliveryKey, List<Arrival>> _arrivals = new();
    private readonly ConcurrentDictionary<ArrivalWatch, bool> _watches = new();

    public TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    public IEnumerable<DeliveryKey> Keys => _arrivals.Keys;

    /// <summary>How often this delivery came before.</summary>
    public int CountOf(DeliveryKey key) => Of(key).Length;

    public Arrival[] Of(DeliveryKey key)
    {
        if (!_arrivals.TryGetValue(key, out var list))
        {
            return [];
        }

        lock (list)
        {
            return [.. list];
        }
    }

    public void Add(DeliveryKey key, string node, int status)
    {
        var arrival = new Arrival(Now, node, status);
        var list = _arrivals.GetOrAdd(key, _ => []);
        lock (list)
        {
            list.Add(arrival);
        }

        foreach (var watch in _watches.Keys)
        {
            watch.See(key, arrival);
        }
    }

    /// <summary>A task that ends when so many more arrivals of a kind have come.</summary>
    public async Task WatchAsync(Func<DeliveryKey, Arrival, bool> isWanted, int count)
    {
        var watch = new ArrivalWatch(isWanted, count);
        _watches[watch] = true;
        await watch.Done;
        _watches.TryRemove(watch, out _);
    }
}
