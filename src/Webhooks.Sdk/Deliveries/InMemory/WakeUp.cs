namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>A signal that stays set until it is reset, with a timer that sets it. Waiting allocates, setting does not.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private TaskCompletionSource? _waiter;
    private volatile bool _isSet;

    public WakeUp(TimeProvider time)
    {
        _timer = time.CreateTimer(static state => ((WakeUp)state!).Release(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Set()
    {
        // The hot path: it was set before and nobody has looked yet.
        if (!_isSet)
        {
            _isSet = true;
            Release();
        }
        else if (Volatile.Read(ref _waiter) is not null)
        {
            Release();
        }
    }

    public void Reset() => _isSet = false;

    public async ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task wait;
        lock (_gate)
        {
            if (_isSet || timeout <= TimeSpan.Zero)
            {
                _isSet = false;
                return;
            }

            _waiter ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            wait = _waiter.Task;
            _timer.Change(timeout < TimeSpan.FromDays(1) ? timeout : TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);
        }

        await wait.WaitAsync(cancellationToken);
    }

    public void Dispose() => _timer.Dispose();

    private void Release()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            waiter = _waiter;
            _waiter = null;
        }

        waiter?.TrySetResult();
    }
}
