namespace Webhooks.Sdk.Subscriptions;

/// <summary>Whether a subscription gets events. Off means not queued.</summary>
public enum SubscriptionState
{
    /// <summary>It gets events.</summary>
    Enabled,

    /// <summary>Its owner switched it off.</summary>
    Disabled,

    /// <summary>The profile's disable rule switched it off; its owner can enable it again.</summary>
    Suspended,
}
