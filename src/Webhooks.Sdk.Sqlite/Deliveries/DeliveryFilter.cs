using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>What is asked for, after a delivery's id has been taken apart into its event and its subscription.</summary>
internal readonly record struct DeliveryFilter(string? EventId, string? SubscriptionId, string? TenantId)
{
    /// <summary>An index on the filter is better than going through the rows in their order.</summary>
    public bool IsNarrow => EventId is not null || SubscriptionId is not null;

    public static DeliveryFilter Of(DeliveryQuery query) => new(query.EventId, query.SubscriptionId, query.TenantId);

    /// <summary>Also only this delivery; null when the two exclude one another.</summary>
    public DeliveryFilter? And(DeliveryFinder.Found delivery) =>
        (EventId ?? delivery.EventId) == delivery.EventId && (SubscriptionId ?? delivery.SubscriptionId) == delivery.SubscriptionId
            ? this with { EventId = delivery.EventId, SubscriptionId = delivery.SubscriptionId }
            : null;
}
