using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>A stored event and which subscriptions it was ever enqueued for.</summary>
internal sealed class EventRow(WebhookEvent @event, IReadOnlyList<DeliveryTarget> targets, long storedAt)
{
    private HashSet<string>? _recovered;

    public readonly WebhookEvent Event = @event;

    public readonly long StoredAt = storedAt;

    /// <summary>Deliveries that are neither delivered nor failed. While there are any, the row stays.</summary>
    public int Pending;

    public bool IsPurged;

    public bool WentTo(string subscriptionId)
    {
        foreach (var target in targets)
        {
            if (target.SubscriptionId == subscriptionId)
            {
                return true;
            }
        }

        return _recovered?.Contains(subscriptionId) ?? false;
    }

    public string? NameFor(string subscriptionId)
    {
        foreach (var target in targets)
        {
            if (target.SubscriptionId == subscriptionId)
            {
                return target.SubscriptionName;
            }
        }

        return null;
    }

    public void AddRecovered(string subscriptionId) => (_recovered ??= new(StringComparer.Ordinal)).Add(subscriptionId);
}
