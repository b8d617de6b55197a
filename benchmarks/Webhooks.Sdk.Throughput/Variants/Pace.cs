using System.Diagnostics;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>
/// Keeps publishing within reach of delivering, so that a round measures what goes on for ever and not how a burst is put away: without it a longer
/// round has a longer queue, and costs more.
/// </summary>
internal sealed class Pace(ReceiverProcess receiver, int fanout) : IDisposable
{
    /// <summary>Deliveries that may be published and not received yet.</summary>
    public const int MaxAhead = 2_000;

    // The receiver is asked once for so many. For a fan-out for none: whoever waits waits for what others must still be able to publish.
    private readonly int _step = fanout == 1 ? 1_000 : 0;

    private readonly SemaphoreSlim _one = new(1);
    private long _received;
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    /// <summary>Publications per second until one had to wait; null when none did.</summary>
    public double? FreeRate { get; private set; }

    /// <summary>Waits until the publication with this number may be made.</summary>
    public async ValueTask WaitAsync(int publication)
    {
        var needed = ((long)publication * fanout) - MaxAhead;
        if (needed <= Volatile.Read(ref _received))
        {
            return;
        }

        await _one.WaitAsync();
        if (needed > _received)
        {
            FreeRate ??= publication / Stopwatch.GetElapsedTime(_startedAt).TotalSeconds;
            Volatile.Write(ref _received, await receiver.UntilAsync(needed + _step));
        }

        _one.Release();
    }

    public void Dispose() => _one.Dispose();
}
