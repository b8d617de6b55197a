namespace Webhooks.Sdk.Deliveries;

/// <summary>How much is waiting.</summary>
/// <param name="Pending">All that is neither delivered nor failed, the leased ones included.</param>
/// <param name="Leased">Claimed by a worker now.</param>
/// <param name="Failed">Given up and not yet resent.</param>
/// <param name="OldestDueAt">Since when the oldest one that could be claimed has been waiting; null when none is due.</param>
/// <param name="NextDueAt">When the next one becomes due; null when none is waiting for its time.</param>
public sealed record DeliveryBacklog(long Pending, long Leased, long Failed, DateTimeOffset? OldestDueAt, DateTimeOffset? NextDueAt);
