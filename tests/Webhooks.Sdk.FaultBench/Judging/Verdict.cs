namespace Webhooks.Sdk.FaultBench.Judging;

/// <summary>What a scenario found.</summary>
/// <param name="Stages">The figures of each stage that was played; empty when there is only one.</param>
/// <param name="Total">The figures of all.</param>
/// <param name="Broken">Every promise that did not hold, as a sentence. None: the scenario has passed.</param>
internal sealed record Verdict(IReadOnlyList<KeyValuePair<string, Figures>> Stages, Figures Total, IReadOnlyList<string> Broken);
