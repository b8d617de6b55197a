namespace Webhooks.Sdk.Deliveries;

/// <summary>Which deliveries or attempts to list, newest first. What is null does not filter.</summary>
public sealed record DeliveryQuery
{
    /// <summary>Only this tenant's.</summary>
    public string? TenantId { get; init; }

    /// <summary>Only this subscription's.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Only this event's.</summary>
    public string? EventId { get; init; }

    /// <summary>Only this delivery.</summary>
    public Guid? DeliveryId { get; init; }

    /// <summary>Only deliveries in this state. Ignored when attempts are listed.</summary>
    public DeliveryState? State { get; init; }

    /// <summary>Rows a page, from 1 to <see cref="Page{T}.MaxSize"/>; other numbers are clamped. Default 50.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>The previous page's <see cref="Page{T}.NextCursor"/>.</summary>
    public string? Cursor { get; init; }
}
