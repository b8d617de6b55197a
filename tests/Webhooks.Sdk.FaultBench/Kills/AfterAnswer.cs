using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>The receiver has answered with success, the store does not know: the receiver gets it again.</summary>
internal sealed class AfterAnswer : KillStage
{
    public override string Name => "after-answer";

    public override async Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel)
    {
        await victim.ArmAsync(Stage.AfterAnswer);
        await victim.AtAsync(cancel);
    }
}
