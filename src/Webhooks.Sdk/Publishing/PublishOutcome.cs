namespace Webhooks.Sdk.Publishing;

/// <summary>What a publication did.</summary>
public enum PublishOutcome
{
    /// <summary>The event and its deliveries are stored.</summary>
    Enqueued,

    /// <summary>The id was published before; nothing was done.</summary>
    Duplicate,

    /// <summary>Nobody subscribes to it; nothing was stored.</summary>
    NoSubscriber,
}
