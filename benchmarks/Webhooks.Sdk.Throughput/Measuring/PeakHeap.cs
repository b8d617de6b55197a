namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>The largest managed heap seen, ten looks a second, garbage included.</summary>
internal sealed class PeakHeap : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Timer _timer;
    private long _peak;

    public PeakHeap()
    {
        _timer = new Timer(_ => _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false)), null, TimeSpan.Zero, Interval);
    }

    public double Megabytes => _peak / 1e6;

    public void Dispose() => _timer.Dispose();
}
