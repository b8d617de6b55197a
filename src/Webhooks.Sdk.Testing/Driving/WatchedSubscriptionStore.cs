using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>The host's subscription store, with its calls counted.</summary>
internal sealed class WatchedSubscriptionStore(IWebhookSubscriptionStore inner, EngineWatch watch) : IWebhookSubscriptionStore
{
    public ValueTask<IReadOnlyList<WebhookSubscription>> MatchAsync(string tenantId, string eventType, CancellationToken cancellationToken) =>
        watch.CountAsync(() => inner.MatchAsync(tenantId, eventType, cancellationToken));

    public ValueTask<WebhookSubscription?> FindAsync(string id, CancellationToken cancellationToken) =>
        watch.CountAsync(() => inner.FindAsync(id, cancellationToken));

    public ValueTask<Page<WebhookSubscription>> ListAsync(SubscriptionQuery query, CancellationToken cancellationToken) =>
        watch.CountAsync(() => inner.ListAsync(query, cancellationToken));

    public ValueTask<AddOutcome> AddAsync(WebhookSubscription subscription, int? maxPerTenant, CancellationToken cancellationToken) =>
        watch.CountAsync(() => inner.AddAsync(subscription, maxPerTenant, cancellationToken));

    public ValueTask<bool> UpdateAsync(WebhookSubscription subscription, long expectedVersion, CancellationToken cancellationToken) =>
        watch.CountAsync(() => inner.UpdateAsync(subscription, expectedVersion, cancellationToken));

    public ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        watch.CountAsync(() => inner.DeleteAsync(id, cancellationToken));

    public ValueTask<EndpointHealth> RecordHealthAsync(string id, HealthChange change, CancellationToken cancellationToken) =>
        watch.CountAsync(() => inner.RecordHealthAsync(id, change, cancellationToken));
}
