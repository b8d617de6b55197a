namespace Webhooks.Sdk.Envelopes;

/// <summary>What a receiver reads from a request in an envelope's format.</summary>
/// <param name="Type">The event type.</param>
/// <param name="Data">The payload as UTF-8 JSON: a part of the body.</param>
/// <param name="Id">The id that the envelope carries, the same on every attempt; null in formats that carry none.</param>
/// <param name="CreatedAt">The event's time; null in formats that carry none.</param>
public sealed record ReceivedEvent(string Type, ReadOnlyMemory<byte> Data, string? Id = null, DateTimeOffset? CreatedAt = null);
