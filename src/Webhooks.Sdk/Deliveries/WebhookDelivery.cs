namespace Webhooks.Sdk.Deliveries;

/// <summary>One event on its way to one subscription, as the delivery log shows it.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The delivery's id: a function of event and subscription.</summary>
    public required Guid Id { get; init; }

    /// <summary>The event.</summary>
    public required string EventId { get; init; }

    /// <summary>The event's type.</summary>
    public required string EventType { get; init; }

    /// <summary>The event's tenant.</summary>
    public required string TenantId { get; init; }

    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>The attempts charged so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the event happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the next attempt is due; only while pending.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it arrived or was given up.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Why it was given up; only when failed.</summary>
    public FailureReason? FailureReason { get; init; }
}
