namespace Webhooks.Sdk.FaultBench.Receiving;

/// <summary>One request that the receiver got. Status 0: it was never answered.</summary>
/// <param name="At">On the bench's own clock, which no fault touches.</param>
/// <param name="Node">Who sent it.</param>
/// <param name="Status">What it was answered.</param>
internal readonly record struct Arrival(TimeSpan At, string Node, int Status)
{
    public bool IsDelivery => Status is >= 200 and < 300;
}
