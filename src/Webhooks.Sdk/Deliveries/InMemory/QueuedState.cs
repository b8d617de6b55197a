namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>Where a queued delivery stands.</summary>
internal enum QueuedState : byte
{
    /// <summary>Due, in its subscription's queue.</summary>
    Ready,

    /// <summary>Waiting for its time. A FIFO one stands at the head of its queue meanwhile and blocks it.</summary>
    Waiting,

    /// <summary>Claimed by a worker.</summary>
    Leased,

    /// <summary>Delivered or given up; whatever still refers to it passes it over.</summary>
    Gone,
}
