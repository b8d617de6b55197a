using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Testing.Signals;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>What can be known from outside about what the worker is doing.</summary>
internal sealed class EngineWatch
{
    private int _calls;

    public EngineWatch(TimeProvider time)
    {
        Turns = new EngineTurns(Pulse);
        Flights = new FlightTable(time, Pulse);
    }

    /// <summary>Beats with every change of what is here.</summary>
    public Pulse Pulse { get; } = new();

    public EngineTurns Turns { get; }

    public FlightTable Flights { get; }

    public ClaimRounds Rounds { get; } = new();

    /// <summary>The store of the host, once somebody has asked for it.</summary>
    public IWebhookDeliveryStore? Store { get; set; }

    /// <summary>The worker has been started and not stopped.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Nothing runs, and nothing will before something comes from outside or the time moves. Claims apart: see <see cref="Rounds"/>.</summary>
    public bool IsQuiet => Flights.AreAllHeld && Volatile.Read(ref _calls) == 0 && Turns.Open == 0;

    /// <summary>Counts a call of a part that the host may have swapped: what it awaits need not come back through <see cref="Turns"/>.</summary>
    public async ValueTask<T> CountAsync<T>(Func<ValueTask<T>> call)
    {
        Interlocked.Increment(ref _calls);
        Pulse.Beat();
        try
        {
            return await call();
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
            Pulse.Beat();
        }
    }

    public IEnumerable<string> Describe()
    {
        var calls = Volatile.Read(ref _calls);
        return [.. Flights.Describe(), .. calls > 0 ? (string[])[$"{calls} calls of a store or an observer"] : []];
    }
}
