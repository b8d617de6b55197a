namespace Webhooks.Sdk.Publishing;

/// <summary>What may be published.</summary>
public sealed class PublishOptions
{
    /// <summary>The largest payload, in bytes of minified UTF-8 JSON. Default 256 KiB.</summary>
    public int MaxPayloadBytes { get; set; } = 256 * 1024;

    /// <summary>Store events that nobody subscribes to too, so that a later subscriber can recover them. Default false.</summary>
    public bool KeepAllEvents { get; set; }

    /// <summary>Refuse event types that were not declared with <c>AddEvent</c>. Default false.</summary>
    public bool RequireKnownEventTypes { get; set; }
}
