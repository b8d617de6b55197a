using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>A stored event and which subscriptions it was ever enqueued for.</summary>
internal sealed class EventRow(WebhookEvent @event, IReadOnlyList<DeliveryTarget> targets, long number, long storedAt)
{
    public readonly WebhookEvent Event = @event;

    /// <summary>Counts up: the order of publication.</summary>
    public readonly long Number = number;

    public readonly long StoredAt = storedAt;

    /// <summary>Deliveries that are neither delivered nor failed. While there are any, the row stays.</summary>
    public int Pending;

    public bool IsPurged;

    /// <summary>As what the event was ever enqueued, at indexes that stay.</summary>
    public IReadOnlyList<DeliveryTarget> Targets { get; private set; } = targets;

    /// <summary>The index of a subscription's target; null when the event was never enqueued for it.</summary>
    public int? FindTarget(string subscriptionId)
    {
        for (var i = 0; i < Targets.Count; i++)
        {
            if (Targets[i].SubscriptionId == subscriptionId)
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Adds a target, to a copy: the list that the event came with is not the row's own, events of the same type share it.</summary>
    public int AddTarget(in DeliveryTarget target)
    {
        Targets = [.. Targets, target];
        return Targets.Count - 1;
    }
}
