using Webhooks.Sdk.Events;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Publishing;

/// <summary>An event before publication.</summary>
public sealed class NewWebhookEvent
{
    // Each publication makes one of these, and nearly all give a type, data and a tenant: whatever is rare stands apart.
    private Rest? _rest;

    private sealed class Rest
    {
        public string? TenantName;
        public DateTimeOffset? CreatedAt;
        public string? TraceParent;
    }

    /// <summary>The event type. May be left out when <see cref="Data"/> is of a type that <c>AddEvent</c> declared.</summary>
    public string? Type { get; init; }

    /// <summary>The payload.</summary>
    public required EventData Data { get; init; }

    /// <summary>Whose event it is. Default <see cref="WebhookSubscription.DefaultTenant"/>.</summary>
    public string TenantId { get; init; } = WebhookSubscription.DefaultTenant;

    /// <summary>The tenant's display name, for formats that send it.</summary>
    public string? TenantName
    {
        get => _rest?.TenantName;
        init
        {
            if (value is not null)
            {
                (_rest ??= new()).TenantName = value;
            }
        }
    }

    /// <summary>Its id, to make a repeated publication a no-op; a new <c>evt_…</c> by default. At most 256 printable ASCII characters, no dot.</summary>
    public string? Id { get; init; }

    /// <summary>When it happened; now by default. Kept to the microsecond.</summary>
    public DateTimeOffset? CreatedAt
    {
        get => _rest?.CreatedAt;
        init
        {
            if (value is not null)
            {
                (_rest ??= new()).CreatedAt = value;
            }
        }
    }

    // For an event that was frozen earlier, in another activity: the current one by default.
    internal string? TraceParent
    {
        get => _rest?.TraceParent;
        init
        {
            if (value is not null)
            {
                (_rest ??= new()).TraceParent = value;
            }
        }
    }
}
