using System.Collections.Concurrent;
using System.Globalization;
using Webhooks.Sdk.Testing.Signals;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>The requests on their way.</summary>
internal sealed class FlightTable(TimeProvider time, Pulse pulse)
{
    // Unique in the process: two hosts may send to one receiver.
    private static long lastId;

    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    public bool IsEmpty => _flights.IsEmpty;

    /// <summary>Every one of them waits for the time to move.</summary>
    public bool AreAllHeld => time.GetUtcNow() is var now && _flights.Values.All(f => f.IsHeldAt(now));

    public Flight Start(Uri url, TimeSpan timeout)
    {
        var id = Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);
        var flight = _flights[id] = new Flight(id, url, time.GetUtcNow(), timeout, pulse);
        pulse.Beat();
        return flight;
    }

    public void End(Flight flight)
    {
        _flights.TryRemove(flight.Id, out _);
        pulse.Beat();
    }

    public Flight? Find(string id) => _flights.GetValueOrDefault(id);

    public IEnumerable<string> Describe() => _flights.Values.Select(f => f.ToString());
}
