using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>Deliveries are claimed and nothing is sent: they come back when the lease ends.</summary>
internal sealed class AfterClaim : KillStage
{
    public override string Name => "after-claim";

    public override async Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel)
    {
        await victim.ArmAsync(Stage.AfterClaim);
        await victim.AtAsync(cancel);
    }
}
