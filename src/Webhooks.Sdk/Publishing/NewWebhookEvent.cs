using Webhooks.Sdk.Events;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Publishing;

/// <summary>An event before publication.</summary>
public sealed class NewWebhookEvent
{
    private const long Now = -1;

    private readonly long _createdAt = Now;

    /// <summary>The event type. May be left out when <see cref="Data"/> is of a type that <c>AddEvent</c> declared.</summary>
    public string? Type { get; init; }

    /// <summary>The payload.</summary>
    public required EventData Data { get; init; }

    /// <summary>Whose event it is. Default <see cref="WebhookSubscription.DefaultTenant"/>.</summary>
    public string TenantId { get; init; } = WebhookSubscription.DefaultTenant;

    /// <summary>The tenant's display name, for formats that send it.</summary>
    public string? TenantName { get; init; }

    /// <summary>Its id, to make a repeated publication a no-op; a new <c>evt_…</c> by default. At most 256 printable ASCII characters, no dot.</summary>
    public string? Id { get; init; }

    /// <summary>When it happened; now by default. Kept to the microsecond.</summary>
    public DateTimeOffset? CreatedAt
    {
        get => _createdAt == Now ? null : new DateTimeOffset(_createdAt, TimeSpan.Zero);
        init => _createdAt = value?.UtcTicks ?? Now;
    }

    // For an event that was frozen earlier, in another activity: the current one by default.
    internal string? TraceParent { get; init; }
}
