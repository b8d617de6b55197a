using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>What to change; what is null stays.</summary>
public sealed class SubscriptionUpdate
{
    /// <summary>The version that the change was made from; null to change whatever is there.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>A new URL. Pending deliveries go there too.</summary>
    public string? Url { get; init; }

    /// <summary>A new name; empty to remove it.</summary>
    public string? Name { get; init; }

    /// <summary>A new description; empty to remove it.</summary>
    public string? Description { get; init; }

    /// <summary>New event types; empty for all.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary>New custom headers; empty to remove all.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>A new rate limit; 0 to remove it.</summary>
    public double? MaxPerSecond { get; init; }

    /// <summary>A new ordering, for events published from now on.</summary>
    public DeliveryOrdering? Ordering { get; init; }
}
