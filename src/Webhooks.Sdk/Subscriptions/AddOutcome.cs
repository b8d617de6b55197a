namespace Webhooks.Sdk.Subscriptions;

/// <summary>The answer of a store to a new subscription.</summary>
public enum AddOutcome
{
    /// <summary>It is stored.</summary>
    Added,

    /// <summary>Its id is taken.</summary>
    DuplicateId,

    /// <summary>The tenant has as many as it may have.</summary>
    LimitReached,
}
