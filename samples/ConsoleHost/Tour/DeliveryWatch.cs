using System.Collections.Concurrent;
using System.Threading.Channels;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Subscriptions;

namespace ConsoleHost.Tour;

/// <summary>Lets the tour wait for what it has set off, by the engine's own signals.</summary>
internal sealed class DeliveryWatch : IWebhookObserver
{
    private readonly ConcurrentDictionary<string, Channel<DeliveryRecord>> _ended = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _suspended = new();

    public ValueTask OnRecordedAsync(DeliveryRecord record)
    {
        if (record.Transition is DeliveryTransition.Delivered or DeliveryTransition.Failed)
        {
            EndedOf(record.Delivery.SubscriptionId).Writer.TryWrite(record);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask OnSuspendedAsync(WebhookSubscription subscription)
    {
        SuspensionOf(subscription.Id).TrySetResult();
        return ValueTask.CompletedTask;
    }

    /// <summary>The next delivery of this subscription that has arrived or was given up.</summary>
    public ValueTask<DeliveryRecord> NextEndAsync(string subscriptionId, CancellationToken cancellationToken) =>
        EndedOf(subscriptionId).Reader.ReadAsync(cancellationToken);

    public Task SuspensionAsync(string subscriptionId, CancellationToken cancellationToken) =>
        SuspensionOf(subscriptionId).Task.WaitAsync(cancellationToken);

    private Channel<DeliveryRecord> EndedOf(string id) => _ended.GetOrAdd(id, static _ => Channel.CreateUnbounded<DeliveryRecord>());

    private TaskCompletionSource SuspensionOf(string id) =>
        _suspended.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
