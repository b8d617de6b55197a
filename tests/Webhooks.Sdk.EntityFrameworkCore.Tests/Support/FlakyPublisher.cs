using System.Data.Common;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

/// <summary>The real publisher behind a switch: a store that does not answer, or does not take one event.</summary>
internal sealed class FlakyPublisher : IWebhookPublisher
{
    private IWebhookPublisher? _real;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Func<NewWebhookEvent, bool> _fails = _ => false;
    private int _failures;

    /// <summary>Ends when something has failed that often.</summary>
    public Task FailedOften => _failed.Task;

    public FlakyPublisher Over(IWebhookPublisher real)
    {
        _real = real;
        return this;
    }

    public void Fail(Func<NewWebhookEvent, bool> what) => _fails = what;

    public ValueTask<PublishResult> PublishAsync(NewWebhookEvent newEvent, DbTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        Try([newEvent]);
        return _real!.PublishAsync(newEvent, transaction, cancellationToken);
    }

    public ValueTask<IReadOnlyList<PublishResult>> PublishManyAsync(
        IReadOnlyList<NewWebhookEvent> newEvents, DbTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        Try(newEvents);
        return _real!.PublishManyAsync(newEvents, transaction, cancellationToken);
    }

    private void Try(IReadOnlyList<NewWebhookEvent> events)
    {
        if (events.Any(_fails))
        {
            if (Interlocked.Increment(ref _failures) == 6)
            {
                _failed.TrySetResult();
            }

            throw new TimeoutException("The store does not answer.");
        }
    }
}
