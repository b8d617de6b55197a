using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Recovery;

/// <summary>The delivery log and sending again. It stands downstream of both stores because only a subscription that is on can be sent to again.</summary>
internal sealed class WebhookDeliveries(
    IWebhookDeliveryStore store, IWebhookSubscriptionStore subscriptions, WebhookProfileCatalogue profiles) : IWebhookDeliveries
{
    public ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        store.ListAsync(query, cancellationToken);

    public ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        store.ListAttemptsAsync(query, cancellationToken);

    public ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken) =>
        store.FindEventAsync(eventId, cancellationToken);

    public ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken) => store.GetBacklogAsync(cancellationToken);

    public ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken) =>
        store.SummariseAsync(query, cancellationToken);

    public async ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        var found = await store.ListAsync(new DeliveryQuery { DeliveryId = deliveryId, PageSize = 1 }, cancellationToken);
        if (found.Items is not [var delivery])
        {
            throw new WebhookNotFoundException("delivery", deliveryId.ToString());
        }

        await RequireEnabledAsync(delivery.SubscriptionId, cancellationToken);
        var outcome = await store.ResendAsync(deliveryId, cancellationToken);
        return outcome != ResendOutcome.NotFound ? outcome : throw new WebhookNotFoundException("event", delivery.EventId);
    }

    public async ValueTask<int> RecoverAsync(string subscriptionId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var subscription = await RequireEnabledAsync(subscriptionId, cancellationToken);
        return await store.RecoverAsync(
            new RecoverRequest(profiles.TargetOf(subscription), subscription.TenantId, subscription.Filter, since), cancellationToken);
    }

    private async ValueTask<WebhookSubscription> RequireEnabledAsync(string id, CancellationToken cancellationToken)
    {
        var subscription = await subscriptions.FindAsync(id, cancellationToken) ?? throw new WebhookNotFoundException("subscription", id);
        return subscription.IsEnabled ? subscription : throw new WebhookException(
            $"The subscription '{id}' is {subscription.State.ToString().ToLowerInvariant()}: enable it first (IWebhookSubscriptions.EnableAsync).");
    }
}
