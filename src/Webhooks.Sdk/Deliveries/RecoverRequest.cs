using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Deliveries;

/// <summary>What to enqueue again for one subscription.</summary>
/// <param name="Target">The subscription.</param>
/// <param name="TenantId">Its tenant.</param>
/// <param name="Filter">Its event types.</param>
/// <param name="Since">Events published at or after this time.</param>
public sealed record RecoverRequest(DeliveryTarget Target, string TenantId, EventTypeFilter Filter, DateTimeOffset Since);
