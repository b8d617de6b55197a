namespace Webhooks.Sdk.Testing.Clocks;

/// <summary>
/// Time that stands still until it is moved by hand. Moving it fires every timer on the way in the order in which they are due, each at its
/// exact time, on the thread that moves it. Safe for several threads.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset DefaultStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _timers = new(ManualTimer.ByDueTime);
    private long _lastSequence;
    private long _now;

    /// <summary>Starts at a time; 2026-01-01T00:00:00Z by default.</summary>
    public ManualTimeProvider(DateTimeOffset? start = null)
    {
        _now = (start ?? DefaultStart).UtcTicks;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>When the next timer fires; null when none is set.</summary>
    public DateTimeOffset? NextTimerDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min is { } next ? new DateTimeOffset(next.DueAt, TimeSpan.Zero) : null;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <summary>Moves the time on. Returns when every timer that was due on the way, those set by other timers too, has fired.</summary>
    public void Advance(TimeSpan delta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delta, TimeSpan.Zero);
        MoveTo(Volatile.Read(ref _now) + delta.Ticks);
    }

    /// <summary>Moves the time on to a moment, as <see cref="Advance"/> does. It cannot go back.</summary>
    public void SetUtcNow(DateTimeOffset value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, GetUtcNow());
        MoveTo(value.UtcTicks);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime > TimeSpan.Zero)
            {
                Add(timer, _now + dueTime.Ticks);
                return;
            }

            if (dueTime < TimeSpan.Zero)
            {
                return;
            }

            if (timer.Period > 0)
            {
                Add(timer, _now + timer.Period);
            }
        }

        // Due at once: on another thread, as a system timer would, because the caller may hold a lock that the callback takes.
        ThreadPool.UnsafeQueueUserWorkItem(static due => due.Fire(), timer, preferLocal: false);
    }

    internal void Cancel(ManualTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    private void Add(ManualTimer timer, long dueAt)
    {
        timer.DueAt = dueAt;
        timer.Sequence = ++_lastSequence;
        _timers.Add(timer);
    }

    private void MoveTo(long target)
    {
        while (TakeDue(target) is { } due)
        {
            due.Fire();
        }
    }

    private ManualTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } next || next.DueAt > target)
            {
                _now = Math.Max(_now, target);
                return null;
            }

            _timers.Remove(next);
            _now = Math.Max(_now, next.DueAt);
            if (next.Period > 0)
            {
                Add(next, next.DueAt + next.Period);
            }

            return next;
        }
    }
}
