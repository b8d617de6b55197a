using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>While an event is being stored with a delivery for each of very many endpoints: all of them or none.</summary>
internal sealed class EnqueuingFanOut : KillStage
{
    public override string Name => "fan-out-enqueue";

    public override bool IsHeavy => true;

    public override async Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel)
    {
        await victim.ArmAsync(Stage.FanOutEnqueue);
        await victim.PublishAsync(FanOut.Tenant, $"{victim.Name}-all");
        await victim.AtAsync(cancel);
        await Task.Delay(TimeSpan.FromMilliseconds(bench.Random.Next(150)), cancel);
    }
}
