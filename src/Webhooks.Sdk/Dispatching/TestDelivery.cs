using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dispatching;

/// <summary>A test event: the same way through envelope, signer and dispatcher as any other, but one attempt, now, that counts for nothing.</summary>
internal sealed class TestDelivery(
    EndpointPreparer preparer,
    IWebhookDispatcher dispatcher,
    IWebhookDeliveryStore store,
    WebhookEventCatalogue catalogue,
    WebhookProfileCatalogue profiles,
    TimeProvider time) : ITestDelivery
{
    private const string DefaultData = """{"message":"This is a test event."}""";

    public async ValueTask<AttemptResult> SendAsync(WebhookSubscription subscription, string? eventType, CancellationToken cancellationToken)
    {
        var endpoint = preparer.Prepare(subscription);
        var type = eventType ?? endpoint.Profile.TestEventType;
        if (EventTypeName.Check(type) is { } error)
        {
            throw new WebhookValidationException(error);
        }

        var now = time.GetUtcNow();
        var example = catalogue.TryGet(type, out var declared) ? declared.Example : null;
        var @event = new WebhookEvent
        {
            Id = EventId.New(now),
            Type = type,
            TenantId = subscription.TenantId,
            CreatedAt = now,
            Data = EventData.FromJson(example ?? DefaultData).Freeze(int.MaxValue / 8),
        };
        var delivery = new ClaimedDelivery
        {
            Event = @event,
            SubscriptionId = subscription.Id,
            SubscriptionName = profiles.TargetOf(subscription).SubscriptionName,
            LeaseToken = Guid.Empty,
        };
        var result = await new DeliveryAttempt(dispatcher).RunAsync(endpoint, delivery, now, cancellationToken);
        await store.LogAsync(new DeliveryAttemptRecord
        {
            DeliveryId = delivery.Id,
            EventId = @event.Id,
            EventType = type,
            TenantId = subscription.TenantId,
            SubscriptionId = subscription.Id,
            Number = 1,
            Result = result,
            Outcome = result.IsSuccess ? DeliveryState.Delivered : DeliveryState.Failed,
            IsTest = true,
        }, CancellationToken.None);
        return result;
    }
}
