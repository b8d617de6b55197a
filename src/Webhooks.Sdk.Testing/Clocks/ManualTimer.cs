namespace Webhooks.Sdk.Testing.Clocks;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>, which owns its fields and guards them.</summary>
internal sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
{
    // What is due at the same time fires in the order in which it was set.
    public static readonly Comparer<ManualTimer> ByDueTime = Comparer<ManualTimer>.Create(
        static (a, b) => a.DueAt != b.DueAt ? a.DueAt.CompareTo(b.DueAt) : a.Sequence.CompareTo(b.Sequence));

    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private volatile bool _isDisposed;

    public long DueAt { get; set; }

    public long Sequence { get; set; }

    public long Period { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        if (_isDisposed)
        {
            return false;
        }

        time.Schedule(this, dueTime, period);
        return true;
    }

    /// <summary>Calls back without the synchronization context of whoever moves the time: a system timer has none either.</summary>
    public void Fire()
    {
        if (_isDisposed)
        {
            return;
        }

        var mover = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (_context is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(_context, static timer => ((ManualTimer)timer!).Call(), this);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(mover);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        time.Cancel(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Call() => callback(state);
}
