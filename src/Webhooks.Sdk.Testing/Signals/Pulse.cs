namespace Webhooks.Sdk.Testing.Signals;

/// <summary>
/// Something has changed: whoever waits looks again. Read <see cref="Beats"/>, look, and wait for the next beat after the one that was read;
/// a beat in between is not missed.
/// </summary>
internal sealed class Pulse
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private long _beats;

    public long Beats => Volatile.Read(ref _beats);

    public void Beat()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            Volatile.Write(ref _beats, _beats + 1);
            waiter = _waiter;
            _waiter = null;
        }

        waiter?.TrySetResult();
    }

    public Task NextAsync(long seen)
    {
        lock (_gate)
        {
            return _beats != seen ? Task.CompletedTask : (_waiter ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Waits until a condition holds, looking after each beat.</summary>
    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (Beats is var seen && !condition())
        {
            await NextAsync(seen).WaitAsync(cancellationToken);
        }
    }
}
