using System.Diagnostics;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>How long each publish call took. The room for it is made before the measurement.</summary>
internal sealed class PublishTimes(int capacity)
{
    private readonly long[] _ticks = new long[capacity];

    public void Set(int index, long ticks) => _ticks[index] = ticks;

    /// <summary>In microseconds; 0 when nothing was published.</summary>
    public double Percentile(double percent)
    {
        Array.Sort(_ticks);
        return _ticks.Length == 0 ? 0 : _ticks[(int)Math.Ceiling(percent / 100 * _ticks.Length) - 1] * 1e6 / Stopwatch.Frequency;
    }
}
