using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>One publication that waits to be written, worked out as far as it can be without the others of its transaction.</summary>
internal sealed class EnqueueCall
{
    private readonly TaskCompletionSource<IReadOnlyList<bool>> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="ArgumentNullException">An event has no id or a target no subscription: found here, before others share its fate.</exception>
    public EnqueueCall(IReadOnlyList<EventTargets> batch, CancellationToken cancellationToken)
    {
        Batch = batch;
        CancellationToken = cancellationToken;
        for (var i = 0; i < batch.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(batch[i].Event?.Id);
            DeliveryCount += batch[i].Targets.Count;
            Bytes += batch[i].Event.Data.Length;
        }

        DeliveryIds = new Guid[DeliveryCount];
        for (int i = 0, next = 0; i < batch.Count; i++)
        {
            var (@event, targets) = (batch[i].Event, batch[i].Targets);
            for (var j = 0; j < targets.Count; j++)
            {
                ArgumentNullException.ThrowIfNull(targets[j].SubscriptionId);
                DeliveryIds[next++] = DeliveryId.Of(@event, targets[j].SubscriptionId);
            }
        }
    }

    public IReadOnlyList<EventTargets> Batch { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>Of all events, in their order.</summary>
    public Guid[] DeliveryIds { get; }

    public int DeliveryCount { get; }

    public long Bytes { get; }

    /// <summary>Says whose rows they are, should the answer to their commit get lost.</summary>
    public Guid PublishToken { get; } = Guid.NewGuid();

    public Task<IReadOnlyList<bool>> Stored => _stored.Task;

    public void Complete(IReadOnlyList<bool> stored) => _stored.TrySetResult(stored);

    public void Fail(Exception e) => _stored.TrySetException(e);

    public void Cancel() => _stored.TrySetCanceled(CancellationToken);
}
