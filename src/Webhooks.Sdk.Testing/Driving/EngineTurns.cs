using Webhooks.Sdk.Testing.Signals;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>
/// The synchronization context that the worker is started in. Every continuation of the worker comes through here, on its way to the thread pool
/// as ever, so that it can be known whether the worker still has something to do or only waits.
/// </summary>
internal sealed class EngineTurns(Pulse pulse) : SynchronizationContext
{
    private int _open;

    /// <summary>Continuations that are queued or running.</summary>
    public int Open => Volatile.Read(ref _open);

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _open);
        pulse.Beat();
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.Turns.Run(turn.Callback, turn.State), new Turn(this, d, state), preferLocal: false);
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Starts something whose continuations are to be counted.</summary>
    public Task Start(Func<Task> start)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return start();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Run(SendOrPostCallback callback, object? state)
    {
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(null);
            Interlocked.Decrement(ref _open);
            pulse.Beat();
        }
    }

    private sealed record Turn(EngineTurns Turns, SendOrPostCallback Callback, object? State);
}
