using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>The event is written in the host's own transaction, which never commits: it must not exist afterwards.</summary>
internal sealed class BeforeCommit : KillStage
{
    public override string Name => "before-commit";

    public override async Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel)
    {
        await victim.ArmAsync(Stage.BeforeCommit);
        await victim.AtAsync(cancel);
    }
}
