namespace Webhooks.Sdk.Deliveries;

/// <summary>One line of the append-only attempts log: the Recent Deliveries page.</summary>
public sealed record DeliveryAttemptRecord
{
    /// <summary>The delivery.</summary>
    public required Guid DeliveryId { get; init; }

    /// <summary>The event.</summary>
    public required string EventId { get; init; }

    /// <summary>The event's type.</summary>
    public required string EventType { get; init; }

    /// <summary>The event's tenant.</summary>
    public required string TenantId { get; init; }

    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public required int Number { get; init; }

    /// <summary>What happened.</summary>
    public required AttemptResult Result { get; init; }

    /// <summary>What the attempt led to; null when its lease was lost and it led to nothing.</summary>
    public DeliveryState? Outcome { get; init; }

    /// <summary>The delay until the next attempt; only when there is one.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>It was a test delivery, which is never retried and never counts.</summary>
    public bool IsTest { get; init; }
}
