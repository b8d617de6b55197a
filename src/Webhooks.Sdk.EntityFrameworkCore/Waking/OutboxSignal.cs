using Webhooks.Sdk.Dispatching;

namespace Webhooks.Sdk.EntityFrameworkCore.Waking;

/// <summary>Tells the relay of one context type that rows were committed. A signal that nobody waits for is kept.</summary>
internal class OutboxSignal
{
    private readonly AsyncSignal _committed = new();
    private Task? _wait;

    public void Set() => _committed.Set();

    /// <summary>Waits for a signal, at most that long. For one waiter.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _wait ??= _committed.WaitAsync();
        await Task.WhenAny(_wait, Task.Delay(atMost, time, over.Token));
        await over.CancelAsync();
        if (_wait.IsCompleted)
        {
            _wait = null;
        }
    }
}

/// <summary>One for each context type, for the container to tell them apart.</summary>
internal sealed class OutboxSignal<TContext> : OutboxSignal;
