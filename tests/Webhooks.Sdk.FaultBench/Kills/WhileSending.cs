using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>A request is with the receiver, which has not answered yet.</summary>
internal sealed class WhileSending : KillStage
{
    public override string Name => "while-sending";

    public override async Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel) =>
        await Bounded.WaitAsync(bench.Receiver.HoldFrom(victim.Name).First, $"a request of {victim.Name}", cancel);
}
