using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Deliveries;

/// <summary>A delivery that this node may attempt until its lease ends.</summary>
public sealed class ClaimedDelivery
{
    /// <summary>The delivery's id, a function of event and subscription; computed each time somebody asks.</summary>
    public Guid Id => DeliveryId.Of(Event, SubscriptionId);

    /// <summary>The event, with its frozen data.</summary>
    public required WebhookEvent Event { get; init; }

    /// <summary>The subscription that gets it.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The subscription's name at publication, where the body holds it.</summary>
    public string? SubscriptionName { get; init; }

    /// <summary>How many attempts were charged before this one.</summary>
    public int Attempts { get; init; }

    /// <summary>Proves the claim. A result is recorded only while the store still holds this token for the delivery.</summary>
    public required Guid LeaseToken { get; init; }

    /// <summary>Until when this process may believe in its lease, as a timestamp of its clock; counted from before the store was asked.</summary>
    internal long HeldUntil { get; set; }
}
