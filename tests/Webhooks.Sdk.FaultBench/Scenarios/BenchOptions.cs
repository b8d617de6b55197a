namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    public int Kills { get; init; } = 100;

    public int Nodes { get; init; } = 2;

    public int Seed { get; init; } = 1;

    /// <summary>Events that each node publishes in a second.</summary>
    public double Rate { get; init; } = 50;

    /// <summary>Endpoints of the large event.</summary>
    public int FanOut { get; init; } = 10_000;

    /// <summary>The kinds of kill to play; empty for all.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];
}
