namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// Wakes the worker: when it is set, when a due time that this node knows of comes, or when the timeout passes. It also remembers whether the
/// news is in the database; what was only handed over in memory is no reason to ask there.
/// </summary>
internal sealed class WorkSignal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TaskCompletionSource? _waiter;
    private long _timeoutAt = long.MaxValue;
    private long _dueAt = long.MaxValue;
    private bool _isSet;
    private bool _isInDatabase = true;

    public WorkSignal(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static s => ((WorkSignal)s!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something may have become claimable.</summary>
    public void Set(bool inDatabase)
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            _isInDatabase |= inDatabase;
            waiter = Release();
        }

        waiter?.TrySetResult();
    }

    /// <summary>Something becomes due after the delay.</summary>
    public void DueIn(TimeSpan delay)
    {
        lock (_gate)
        {
            var at = After(delay);
            if (at < _dueAt)
            {
                _dueAt = at;
                Arm();
            }
        }
    }

    /// <summary>Before a claim: what comes from here on is news. Answers whether the database was said to have some.</summary>
    public bool Reset()
    {
        lock (_gate)
        {
            _isSet = false;
            if (_dueAt <= _time.GetTimestamp())
            {
                _dueAt = long.MaxValue;
                _isInDatabase = true;
            }

            return _isInDatabase;
        }
    }

    /// <summary>The database is about to be asked.</summary>
    public void TakeDatabaseNews()
    {
        lock (_gate)
        {
            _isInDatabase = false;
        }
    }

    public async ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task wait;
        lock (_gate)
        {
            if (_isSet || timeout <= TimeSpan.Zero || _dueAt <= _time.GetTimestamp())
            {
                return;
            }

            _waiter ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            wait = _waiter.Task;
            _timeoutAt = After(timeout);
            Arm();
        }

        await wait.WaitAsync(cancellationToken);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        TaskCompletionSource? waiter = null;
        lock (_gate)
        {
            if (Math.Min(_dueAt, _timeoutAt) <= _time.GetTimestamp())
            {
                _isInDatabase = true;
                waiter = Release();
            }
            else
            {
                Arm(); // timers may be early
            }
        }

        waiter?.TrySetResult();
    }

    private TaskCompletionSource? Release()
    {
        var waiter = _waiter;
        _waiter = null;
        _isSet = true;
        _timeoutAt = long.MaxValue;
        return waiter;
    }

    private void Arm()
    {
        var next = Math.Min(_dueAt, _timeoutAt);
        if (_waiter is not null && next != long.MaxValue)
        {
            var wait = TimeSpan.FromSeconds((next - _time.GetTimestamp()) / (double)_time.TimestampFrequency);
            _timer.Change(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    // Further away than a day nobody needs to know: a poll comes first.
    private long After(TimeSpan delay) => _time.GetTimestamp() + (long)(Math.Min(delay.TotalSeconds, 86_400) * _time.TimestampFrequency);
}
