using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>The event is committed, its publisher is not told: it must arrive.</summary>
internal sealed class AfterCommit : KillStage
{
    public override string Name => "after-commit";

    public override async Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel) =>
        await Bounded.WaitAsync(await victim.ArmAsync(Stage.AfterCommit), $"{victim.Name} to stand after-commit", cancel);
}
