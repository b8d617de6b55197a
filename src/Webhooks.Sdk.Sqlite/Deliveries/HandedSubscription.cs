namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>What one subscription has in the hand-off, and when the worker last came for it.</summary>
internal sealed class HandedSubscription(string id)
{
    public string Id => id;

    public Queue<HandedDelivery> Waiting { get; } = new();

    /// <summary>A timestamp; null before the first time.</summary>
    public long? TakenAt { get; set; }
}
