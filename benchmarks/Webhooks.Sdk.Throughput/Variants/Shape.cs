namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>What is published, how, and to whom.</summary>
/// <param name="Name">The second half of the variant's name.</param>
internal sealed record Shape(string Name)
{
    /// <summary>One by one, from 64 callers.</summary>
    public static readonly Shape Single = new("single");

    /// <summary>A thousand at a time.</summary>
    public static readonly Shape Batch = new("batch") { BatchSize = 1000 };

    /// <summary>Each event goes to a hundred subscriptions.</summary>
    public static readonly Shape ToMany = new("fanout") { Fanout = 100 };

    /// <summary>One endpoint of ten answers 500 to everything.</summary>
    public static readonly Shape Failing = new("failing") { Fanout = 9, FailingEndpoints = 1 };

    public static readonly Shape Body2K = new("body_2k") { BatchSize = 1000, BodyBytes = 2 * 1024 };

    public static readonly Shape Body64K = new("body_64k") { BatchSize = 100, BodyBytes = 64 * 1024 };

    /// <summary>A thousand at a time on each of some nodes, which all deliver.</summary>
    public static Shape OnNodes(int nodes) => Batch with { Name = $"{nodes}_nodes", Nodes = nodes };

    /// <summary>How many events a call publishes; 0 for one by one.</summary>
    public int BatchSize { get; init; }

    public int Fanout { get; init; } = 1;

    public int FailingEndpoints { get; init; }

    public int BodyBytes { get; init; } = 500;

    public int Nodes { get; init; } = 1;
}
