namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Ends one request after another: when its time is over, or when the caller aborts. The timer is not stopped when a request ends: it looks, when
/// it fires, whose time it is. So a request that ends in time costs two numbers, and not the setting and stopping of a timer.
/// </summary>
internal sealed class RequestDeadline(TimeProvider time) : IDisposable
{
    private const long Never = long.MaxValue;

    // Timers count whole milliseconds, and one that fires a little early must not fire again and again until its time has come.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private CancellationTokenSource _source = new();
    private CancellationTokenRegistration _registration;
    private bool _isOver;
    private long _endsAt = Never;
    private long _looksAt = Never;

    public CancellationToken Token => _source.Token;

    public bool HasFired => _source.IsCancellationRequested;

    /// <summary>A request begins.</summary>
    /// <param name="started">When it did, as a timestamp of the clock.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="abort">Ends it earlier.</param>
    public void Start(long started, TimeSpan timeout, CancellationToken abort)
    {
        if (HasFired || _isOver)
        {
            (_source, _isOver) = (new(), false);
        }

        var endsAt = timeout == Timeout.InfiniteTimeSpan ? Never : started + (long)(timeout.Ticks * ((double)time.TimestampFrequency / TimeSpan.TicksPerSecond));
        lock (_gate)
        {
            _endsAt = endsAt;
            if (endsAt < _looksAt)
            {
                LookAt(endsAt, timeout);
            }
        }

        _registration = abort.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>The request has ended.</summary>
    public void Stop()
    {
        _registration.Dispose();
        lock (_gate)
        {
            _endsAt = Never;
        }
    }

    public Task CancelAsync() => _source.CancelAsync();

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        CancellationTokenSource source;
        lock (_gate)
        {
            _looksAt = Never;
            if (_endsAt == Never)
            {
                return; // the next request sets the timer again
            }

            if (time.GetElapsedTime(time.GetTimestamp(), _endsAt) is { Ticks: > 0 } left)
            {
                LookAt(_endsAt, left < ShortestWait ? ShortestWait : left);
                return;
            }

            // Said before the lock is left: by the time that the source is cancelled, the next request may have begun, with another one.
            _isOver = true;
            source = _source;
        }

        source.Cancel();
    }

    private void LookAt(long endsAt, TimeSpan wait)
    {
        _looksAt = endsAt;
        _timer ??= NewTimer();
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    // It outlives the request that happened to be the first, and must not carry that one's context to all others.
    private ITimer NewTimer()
    {
        var flows = !ExecutionContext.IsFlowSuppressed();
        if (flows)
        {
            ExecutionContext.SuppressFlow();
        }

        try
        {
            return time.CreateTimer(static deadline => ((RequestDeadline)deadline!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            if (flows)
            {
                ExecutionContext.RestoreFlow();
            }
        }
    }
}
