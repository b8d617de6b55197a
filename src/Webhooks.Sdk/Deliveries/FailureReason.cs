namespace Webhooks.Sdk.Deliveries;

/// <summary>Why a delivery is given up. It stays in the list of failed ones and can be resent.</summary>
public enum FailureReason
{
    /// <summary>The last attempt of the schedule failed.</summary>
    Exhausted,

    /// <summary>The endpoint answered 410 Gone.</summary>
    EndpointGone,

    /// <summary>The owner disabled the subscription.</summary>
    SubscriptionDisabled,

    /// <summary>The disable rule suspended the subscription.</summary>
    SubscriptionSuspended,

    /// <summary>The subscription was deleted.</summary>
    SubscriptionDeleted,
}
