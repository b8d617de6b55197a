namespace Webhooks.Sdk.Deliveries;

/// <summary>What a worker writes back for one claimed delivery.</summary>
/// <param name="Delivery">The claim, with its lease token.</param>
/// <param name="Result">The attempt; null when none was made.</param>
/// <param name="Transition">What becomes of the delivery.</param>
public readonly record struct DeliveryRecord(ClaimedDelivery Delivery, AttemptResult? Result, DeliveryTransition Transition);
