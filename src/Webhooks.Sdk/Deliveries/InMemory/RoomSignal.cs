namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>Tells everybody who waits for room that some came free. Without a waiter it costs a look at a field.</summary>
internal sealed class RoomSignal
{
    private TaskCompletionSource? _waiters;

    /// <summary>Take it, look for room once more, then wait for it: what came free in between has completed it.</summary>
    public Task Next()
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _waiters, next, null) ?? next).Task;
    }

    public void Set()
    {
        if (Volatile.Read(ref _waiters) is not null)
        {
            Interlocked.Exchange(ref _waiters, null)?.TrySetResult();
        }
    }
}
