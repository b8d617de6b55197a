using System.Runtime.InteropServices;

namespace Webhooks.Sdk.Events;

/// <summary>Something that happened, frozen at publication: every delivery and every attempt is made from these same bytes.</summary>
public sealed class WebhookEvent
{
    private readonly long _createdAt;
    private readonly byte[] _data = [];
    private RenderedBodies? _bodies;

    /// <summary>Unique. Publishing the same id again is a no-op that reports so. Sent as <c>webhook-id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The event type, for example <c>review-created</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whose event it is; only subscriptions of this tenant get it.</summary>
    public required string TenantId { get; init; }

    /// <summary>The tenant's display name, where a format sends it.</summary>
    public string? TenantName { get; init; }

    /// <summary>When it happened, in UTC.</summary>
    public required DateTimeOffset CreatedAt
    {
        get => new(_createdAt, TimeSpan.Zero);
        init => _createdAt = value.UtcTicks;
    }

    /// <summary>The payload: UTF-8 JSON without insignificant white space.</summary>
    public required ReadOnlyMemory<byte> Data
    {
        get => _data;

        // As an array it is half as large, and nearly always one already. A part of a larger one would keep all of that alive.
        init => _data = MemoryMarshal.TryGetArray(value, out var whole) && whole.Count == whole.Array!.Length ? whole.Array : value.ToArray();
    }

    /// <summary>The W3C trace context of the publisher. Links the attempts' spans to it; never sent.</summary>
    public string? TraceParent { get; init; }

    /// <summary>To how many subscriptions the publication went. More than one, and a body that they share is kept after its first rendering.</summary>
    public int TargetCount { get; init; }

    internal RenderedBodies Bodies => _bodies ?? Interlocked.CompareExchange(ref _bodies, new RenderedBodies(), null) ?? _bodies;
}
