using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dashboard.Charts;

/// <summary>What happened in one step of time.</summary>
internal sealed record ActivityStep(DateTimeOffset Start, long Delivered, long Failed, DurationHistogram Durations)
{
    public long Attempts => Delivered + Failed;
}
