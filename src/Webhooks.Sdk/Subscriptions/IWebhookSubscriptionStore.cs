using Webhooks.Sdk.Retries;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>Keeps subscriptions and their endpoints' health. Whoever writes one runs the conformance suite on it.</summary>
public interface IWebhookSubscriptionStore
{
    /// <summary>The enabled subscriptions of a tenant that want this event type. On the hot path: answer from memory.</summary>
    ValueTask<IReadOnlyList<WebhookSubscription>> MatchAsync(string tenantId, string eventType, CancellationToken cancellationToken);

    /// <summary>One subscription; null when there is none. On the hot path: answer from memory.</summary>
    ValueTask<WebhookSubscription?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists subscriptions, oldest first.</summary>
    ValueTask<Page<WebhookSubscription>> ListAsync(SubscriptionQuery query, CancellationToken cancellationToken);

    /// <summary>Adds one, unless its id is taken or the tenant already has <paramref name="maxPerTenant"/>; atomic.</summary>
    ValueTask<AddOutcome> AddAsync(WebhookSubscription subscription, int? maxPerTenant, CancellationToken cancellationToken);

    /// <summary>Replaces the row if it is still at <paramref name="expectedVersion"/>; false when it is not, or is gone.</summary>
    ValueTask<bool> UpdateAsync(WebhookSubscription subscription, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>Removes it; false when there is none.</summary>
    ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds to the endpoint's health and returns what it is now. Does not change the version. Healthy when there is no such subscription.</summary>
    ValueTask<EndpointHealth> RecordHealthAsync(string id, HealthChange change, CancellationToken cancellationToken);
}
