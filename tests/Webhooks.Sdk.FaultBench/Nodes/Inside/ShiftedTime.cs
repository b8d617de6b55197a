namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>The system's clock, wrong by a fixed offset; its timers run as they should.</summary>
internal sealed class ShiftedTime(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
