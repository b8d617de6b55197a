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
        DeliveryIds = new Guid[batch.Count][];
        for (var i = 0; i < batch.Count; i++)
        {
            var (@event, targets) = (batch[i].Event, batch[i].Targets);
            ArgumentNullException.ThrowIfNull(@event?.Id);
            var ids = DeliveryIds[i] = new Guid[targets.Count];
            for (var j = 0; j < ids.Length; j++)
            {
                ArgumentNullException.ThrowIfNull(targets[j].SubscriptionId);
                ids[j] = DeliveryId.Of(@event, targets[j].SubscriptionId);
            }

            DeliveryCount += ids.Length;
            Bytes += @event.Data.Length;
        }
    }

    public IReadOnlyList<EventTargets> Batch { get; }

    public CancellationToken CancellationToken { get; }

    public Guid[][] DeliveryIds { get; }

    public int DeliveryCount { get; }

    public long Bytes { get; }

    /// <summary>Says whose rows they are, should the answer to their commit get lost.</summary>
    public Guid PublishToken { get; } = Guid.NewGuid();

    public Task<IReadOnlyList<bool>> Stored => _stored.Task;

    public void Complete(IReadOnlyList<bool> stored) => _stored.TrySetResult(stored);

    public void Fail(Exception e) => _stored.TrySetException(e);

    public void Cancel() => _stored.TrySetCanceled(CancellationToken);
}
