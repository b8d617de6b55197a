using Webhooks.Sdk.FaultBench.Judging;
using Webhooks.Sdk.FaultBench.Stores;

namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>One fault, and what must hold in spite of it.</summary>
internal abstract class Scenario
{
    public abstract string Name { get; }

    /// <summary>One sentence for <c>list</c>.</summary>
    public abstract string Summary { get; }

    public virtual bool RunsOn(StoreKind store) => true;

    public abstract Task<Verdict> RunAsync(Bench bench, CancellationToken cancel);
}
