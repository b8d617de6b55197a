namespace Webhooks.Sdk.Throughput.Payloads;

/// <summary>The body that a hand-written sender serialises: the same properties as the engine's own envelope.</summary>
internal sealed record Message(string Id, string Type, DateTimeOffset Timestamp, Review Data);
