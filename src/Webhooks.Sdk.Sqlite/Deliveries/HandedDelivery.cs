using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>A claim that was made together with the publication.</summary>
/// <param name="Claim">What the worker will get.</param>
/// <param name="LeasedAt">A timestamp of this process, from before the row was written: the lease is not older than that.</param>
/// <param name="DueAt">Since when it is due, as the tables keep times.</param>
internal readonly record struct HandedDelivery(ClaimedDelivery Claim, long LeasedAt, long DueAt)
{
    public int Bytes => Claim.Event.Data.Length;
}
