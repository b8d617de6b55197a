using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>A stored event and which subscriptions it was ever enqueued for.</summary>
internal sealed class EventRow(WebhookEvent @event, IReadOnlyList<DeliveryTarget> targets, long number, long storedAt)
{
    private Dictionary<string, DeliveryTarget>? _recovered;

    public readonly WebhookEvent Event = @event;

    /// <summary>Counts up: the order of publication.</summary>
    public readonly long Number = number;

    public readonly long StoredAt = storedAt;

    /// <summary>Deliveries that are neither delivered nor failed. While there are any, the row stays.</summary>
    public int Pending;

    public bool IsPurged;

    /// <summary>As what the event was ever enqueued for a subscription; null when it was not.</summary>
    public DeliveryTarget? TargetOf(string subscriptionId)
    {
        foreach (var target in targets)
        {
            if (target.SubscriptionId == subscriptionId)
            {
                return target;
            }
        }

        return _recovered is not null && _recovered.TryGetValue(subscriptionId, out var recovered) ? recovered : null;
    }

    public void AddRecovered(in DeliveryTarget target) => (_recovered ??= new(StringComparer.Ordinal)).Add(target.SubscriptionId, target);
}
