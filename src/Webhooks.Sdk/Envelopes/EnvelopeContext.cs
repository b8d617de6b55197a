using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Envelopes;

/// <summary>What a body is made from; all of it was fixed when the event was published.</summary>
/// <param name="Event">The event.</param>
/// <param name="SubscriptionId">The subscription that gets it.</param>
/// <param name="SubscriptionName">The subscription's name at publication; only given to envelopes that are per subscription.</param>
public readonly record struct EnvelopeContext(WebhookEvent Event, string SubscriptionId, string? SubscriptionName)
{
    /// <summary>The delivery's id: event × subscription, the same on every attempt.</summary>
    public Guid DeliveryId => Events.DeliveryId.Of(Event, SubscriptionId);
}
