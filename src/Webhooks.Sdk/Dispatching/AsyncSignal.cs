namespace Webhooks.Sdk.Dispatching;

/// <summary>Wakes one waiter; a signal that nobody waits for is kept for the next.</summary>
internal sealed class AsyncSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private bool _isSet;

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            waiter = _waiter;
            _waiter = null;
            _isSet = waiter is null;
        }

        waiter?.TrySetResult();
    }

    public Task WaitAsync()
    {
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return Task.CompletedTask;
            }

            return (_waiter ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
