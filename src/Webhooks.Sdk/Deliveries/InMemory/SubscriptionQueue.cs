namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>One subscription's deliveries that are due, oldest first.</summary>
internal sealed class SubscriptionQueue(string subscriptionId)
{
    public readonly string SubscriptionId = subscriptionId;

    public DeliveryRing Due = new();

    /// <summary>The number of the event that was published to it last.</summary>
    public long LastPublished;

    /// <summary>How many are leased.</summary>
    public int Leased;

    /// <summary>It stands in the store's round of queues that have something to claim.</summary>
    public bool IsListed;

    /// <summary>A FIFO delivery waits for its retry: it comes before all that are due. There is one at most, as of FIFO ones one at most is leased.</summary>
    public bool IsBlocked;

    /// <summary>The first may be claimed; if it is FIFO, only when nothing of this subscription is leased.</summary>
    public bool CanClaim => !IsBlocked && Due.Count > 0 && !(Leased > 0 && Due.First.IsFifo);
}
