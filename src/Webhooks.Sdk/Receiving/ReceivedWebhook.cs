namespace Webhooks.Sdk.Receiving;

/// <summary>A verified event as it arrived.</summary>
public sealed record ReceivedWebhook
{
    /// <summary>The receiver's name.</summary>
    public required string Receiver { get; init; }

    /// <summary>Who sent it, as the host's resolver says; empty where a receiver has one sender.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The message id, or what <c>IdentifyBy</c> made of the message: the same on every attempt. Null without either, or random where it was accepted first.</summary>
    public string? Id { get; init; }

    /// <summary>The event type.</summary>
    public required string Type { get; init; }

    /// <summary>The event's time, where the format has one.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The payload as UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The raw body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The request headers that belong to the envelope.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
