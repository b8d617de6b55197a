namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>
/// A row of the queue: a value that stands in one place at a time, due, waiting or leased. A million of them may wait, so it holds references
/// and numbers only, and no id: that is computed.
/// </summary>
internal struct QueuedDelivery(EventRow row, int targetIndex, SubscriptionQueue queue, long sequence, long dueAt)
{
    // Asked at every step, so it stands here: as the sign, which an index has no use for.
    private readonly int _target = row.Targets[targetIndex].Ordering == DeliveryOrdering.Fifo ? ~targetIndex : targetIndex;

    public readonly EventRow Row = row;
    public readonly SubscriptionQueue Queue = queue;
    public readonly long Sequence = sequence;

    /// <summary>When it is due; while it is leased, when the lease ends.</summary>
    public long DueAt = dueAt;

    public int Attempts;

    /// <summary>Which one of its event's targets it is.</summary>
    public readonly int TargetIndex => IsFifo ? ~_target : _target;

    public readonly string? SubscriptionName => Row.Targets[TargetIndex].SubscriptionName;

    public readonly bool IsFifo => _target < 0;
}
