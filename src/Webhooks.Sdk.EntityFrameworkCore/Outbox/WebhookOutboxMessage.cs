namespace Webhooks.Sdk.EntityFrameworkCore.Outbox;

/// <summary>
/// An event on its way from the host's transaction to the delivery store: a row that exists from its commit until it was moved.
/// A row with <see cref="Attempts"/> over 0 was refused by the publisher and set aside; <see cref="Error"/> says why.
/// </summary>
// Not sealed, because the proxies of lazy loading refuse models with sealed entities.
public class WebhookOutboxMessage
{
    /// <summary>The longest id and name of an event.</summary>
    internal const int MaxIdLength = 256;

    internal const int MaxTraceParentLength = 128;
    internal const int MaxErrorLength = 1024;

    /// <summary>The row's key. Not the event's id: publishing an id twice is a no-op and must not break the host's transaction.</summary>
    public required Guid Id { get; init; }

    /// <summary>The order of publication: the time in 100 ns, no two alike in one process. Made here, so that every database can keep it.</summary>
    public required long Position { get; init; }

    /// <summary>The event's id.</summary>
    public required string EventId { get; init; }

    /// <summary>The event type.</summary>
    public required string Type { get; init; }

    /// <summary>Whose event it is.</summary>
    public required string TenantId { get; init; }

    /// <summary>The tenant's display name.</summary>
    public string? TenantName { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The payload: UTF-8 JSON, checked and frozen.</summary>
    public required byte[] Data { get; init; }

    /// <summary>The W3C trace context of the publisher.</summary>
    public string? TraceParent { get; init; }

    /// <summary>How often the publisher refused it. Over 0: set aside, the rows behind it go on.</summary>
    public int Attempts { get; init; }

    /// <summary>When a row that was set aside is tried again.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Why it was refused last.</summary>
    public string? Error { get; init; }
}
