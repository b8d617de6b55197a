namespace Webhooks.Sdk.Subscriptions;

/// <summary>What holds for all subscriptions.</summary>
public sealed class SubscriptionOptions
{
    /// <summary>How long the old secret signs beside a new one. Default 24 hours.</summary>
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many subscriptions a tenant may have; a profile's own limit counts too. Default none.</summary>
    public int? MaxPerTenant { get; set; }

    /// <summary>Only event types of the catalogue (and filters that match one of them) may be subscribed to. Default false.</summary>
    public bool RequireKnownEventTypes { get; set; }
}
