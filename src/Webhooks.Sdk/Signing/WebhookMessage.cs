namespace Webhooks.Sdk.Signing;

/// <summary>What is signed: one attempt of one delivery.</summary>
/// <param name="id">The message id: the same on every attempt.</param>
/// <param name="timestamp">The time of this attempt.</param>
/// <param name="body">The raw body bytes, exactly as sent.</param>
public readonly ref struct WebhookMessage(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
{
    /// <summary>The message id: the same on every attempt.</summary>
    public string Id { get; } = id;

    /// <summary>The time of this attempt.</summary>
    public DateTimeOffset Timestamp { get; } = timestamp;

    /// <summary>The raw body bytes, exactly as sent.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;
}
