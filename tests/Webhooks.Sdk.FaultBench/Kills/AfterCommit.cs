using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>The event is committed, its publisher is not told: it must arrive.</summary>
internal sealed class AfterCommit : KillStage
{
    public override string Name => "after-commit";

    public override async Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel)
    {
        await victim.ArmAsync(Stage.AfterCommit);
        await victim.AtAsync(cancel);
    }
}
