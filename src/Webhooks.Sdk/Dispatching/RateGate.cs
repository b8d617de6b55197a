namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Spaces the attempts of one endpoint: the generic cell rate algorithm, one number of state, on the injected clock so that tests can move it.
/// Up to a second's worth may go at once.
/// </summary>
internal sealed class RateGate(double perSecond)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / perSecond);
    private DateTimeOffset _nextFree = DateTimeOffset.MinValue;

    public double PerSecond { get; } = perSecond;

    /// <summary>Zero when one may go now (and it is counted), else how long to wait.</summary>
    public TimeSpan TryTake(DateTimeOffset now)
    {
        var next = _nextFree > now ? _nextFree : now;
        var wait = next - now + _interval - (_interval > Burst ? _interval : Burst);
        if (wait > TimeSpan.Zero)
        {
            return wait;
        }

        _nextFree = next + _interval;
        return TimeSpan.Zero;
    }
}
