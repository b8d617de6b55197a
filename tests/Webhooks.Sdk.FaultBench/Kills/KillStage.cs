using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>When a node is killed.</summary>
internal abstract class KillStage
{
    public abstract string Name { get; }

    /// <summary>It fills the store with a large event, so it is played now and then only.</summary>
    public virtual bool IsHeavy => false;

    /// <summary>Comes back at the moment at which the victim is to be killed.</summary>
    public abstract Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel);
}
