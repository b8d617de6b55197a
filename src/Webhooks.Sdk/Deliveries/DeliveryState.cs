namespace Webhooks.Sdk.Deliveries;

/// <summary>Where a delivery is in its life.</summary>
public enum DeliveryState
{
    /// <summary>Waiting for its first or next attempt, or being attempted now.</summary>
    Pending,

    /// <summary>The endpoint answered with success.</summary>
    Delivered,

    /// <summary>Given up; can be resent.</summary>
    Failed,
}
