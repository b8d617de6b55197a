using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Testing.Recording;

/// <summary>Hears of every transition and writes it down.</summary>
internal sealed class RecordingObserver(WebhookRecords records, TimeProvider time) : IWebhookObserver
{
    public ValueTask OnRecordedAsync(DeliveryRecord record)
    {
        var isCharged = record.Result is not null && record.Transition is not DeliveryTransition.Released;
        if (record.Result is { } result)
        {
            records.AddAttempt(AttemptOf(record, result));
        }

        if (record.Transition is DeliveryTransition.Delivered)
        {
            records.AddDelivered(DeliveryOf(record, DeliveryState.Delivered, isCharged));
        }
        else if (record.Transition is DeliveryTransition.Failed failed)
        {
            records.AddFailed([DeliveryOf(record, DeliveryState.Failed, isCharged) with { FailureReason = failed.Reason }]);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask OnSuspendedAsync(WebhookSubscription subscription)
    {
        records.AddSuspended(subscription);
        return ValueTask.CompletedTask;
    }

    private static DeliveryAttemptRecord AttemptOf(in DeliveryRecord record, AttemptResult result) => new()
    {
        DeliveryId = record.Delivery.Id,
        EventId = record.Delivery.Event.Id,
        EventType = record.Delivery.Event.Type,
        TenantId = record.Delivery.Event.TenantId,
        SubscriptionId = record.Delivery.SubscriptionId,
        Number = record.Delivery.Attempts + 1,
        Result = result,
        Outcome = record.Transition switch
        {
            DeliveryTransition.Delivered => DeliveryState.Delivered,
            DeliveryTransition.Failed => DeliveryState.Failed,
            _ => DeliveryState.Pending,
        },
        RetryDelay = (record.Transition as DeliveryTransition.Retry)?.Delay,
    };

    private WebhookDelivery DeliveryOf(in DeliveryRecord record, DeliveryState state, bool isCharged) => new()
    {
        Id = record.Delivery.Id,
        EventId = record.Delivery.Event.Id,
        EventType = record.Delivery.Event.Type,
        TenantId = record.Delivery.Event.TenantId,
        SubscriptionId = record.Delivery.SubscriptionId,
        State = state,
        Attempts = record.Delivery.Attempts + (isCharged ? 1 : 0),
        CreatedAt = record.Delivery.Event.CreatedAt,
        CompletedAt = time.GetUtcNow(),
    };
}
