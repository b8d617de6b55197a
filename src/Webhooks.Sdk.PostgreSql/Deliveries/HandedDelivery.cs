using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>A claim that was made together with the publication.</summary>
/// <param name="Claim">What the worker will get.</param>
/// <param name="LeasedAt">When the statement that leased it was sent, as a timestamp of this node: the lease is not older than that.</param>
internal readonly record struct HandedDelivery(ClaimedDelivery Claim, long LeasedAt)
{
    public int Bytes => Claim.Event.Data.Length;
}
