using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Deliveries;

/// <summary>What is enqueued: an event and every subscription that gets it. No target: the event is only kept, for a later recovery.</summary>
public readonly record struct EventTargets(WebhookEvent Event, IReadOnlyList<DeliveryTarget> Targets);
