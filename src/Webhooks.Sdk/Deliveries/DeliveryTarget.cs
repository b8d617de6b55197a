namespace Webhooks.Sdk.Deliveries;

/// <summary>One subscription that an event goes to.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Ordering">Its ordering at publication.</param>
/// <param name="SubscriptionName">Its name at publication, only where the body will hold it.</param>
public readonly record struct DeliveryTarget(string SubscriptionId, DeliveryOrdering Ordering = DeliveryOrdering.Unordered, string? SubscriptionName = null);
