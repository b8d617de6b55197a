namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>A row of the queue. A million of them may wait, so it holds references and numbers only, and no id: that is computed.</summary>
internal sealed class QueuedDelivery(EventRow row, SubscriptionQueue queue, long sequence, string? subscriptionName, bool isFifo)
{
    public readonly EventRow Row = row;
    public readonly SubscriptionQueue Queue = queue;
    public readonly string? SubscriptionName = subscriptionName;
    public readonly long Sequence = sequence;

    /// <summary>The next one in its subscription's queue.</summary>
    public QueuedDelivery? Next;

    /// <summary>When it is due; while it is leased, when the lease ends.</summary>
    public long DueAt;

    public int Attempts;

    public QueuedState State;

    public readonly bool IsFifo = isFifo;

    /// <summary>What it was enqueued for, to enqueue it again.</summary>
    public DeliveryTarget Target => new(Queue.SubscriptionId, IsFifo ? DeliveryOrdering.Fifo : DeliveryOrdering.Unordered, SubscriptionName);
}
