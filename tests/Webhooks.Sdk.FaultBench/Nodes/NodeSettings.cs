using System.Text.Json;
using Webhooks.Sdk.FaultBench.Stores;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.FaultBench.Nodes;

/// <summary>What a node process is started with, as JSON on its command line.</summary>
internal sealed record NodeSettings
{
    /// <summary>Unique for each process, so a restarted node has another one. Sent as the user agent.</summary>
    public required string Name { get; init; }

    public required StoreChoice Store { get; init; }

    /// <summary>Of the attempts.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Short, so that what a killed node had in hand comes back soon.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The retry schedule. Long enough that a machine with much else to do gives up nothing that the receiver takes.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; init; } = [.. new[] { 0.2, 0.3, 0.5, 0.5, 1, 1, 1, 2, 3 }.Select(TimeSpan.FromSeconds)];

    /// <summary>How far the node's clock is from the truth.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>For the store in memory, where each node must be told of them.</summary>
    public IReadOnlyList<NewSubscription> Subscriptions { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this);

    public static NodeSettings FromJson(string json) => JsonSerializer.Deserialize<NodeSettings>(json)!;
}
