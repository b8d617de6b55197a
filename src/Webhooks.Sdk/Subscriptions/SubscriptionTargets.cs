using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>What of a subscription is fixed when an event is enqueued for it.</summary>
internal static class SubscriptionTargets
{
    /// <summary>The name is kept only where the body will hold it, so that a rename between two attempts does not change the body.</summary>
    public static DeliveryTarget TargetOf(this WebhookProfileCatalogue profiles, WebhookSubscription subscription) => new(
        subscription.Id,
        subscription.Ordering,
        profiles.Find(subscription.Profile) is { Envelope.IsPerSubscription: true } ? subscription.Name : null);
}
