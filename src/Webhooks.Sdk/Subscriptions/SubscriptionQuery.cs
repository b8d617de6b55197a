namespace Webhooks.Sdk.Subscriptions;

/// <summary>Which subscriptions to list, oldest first. What is null does not filter.</summary>
public sealed record SubscriptionQuery
{
    /// <summary>Only this tenant's.</summary>
    public string? TenantId { get; init; }

    /// <summary>Only those in this state.</summary>
    public SubscriptionState? State { get; init; }

    /// <summary>Rows a page, from 1 to <see cref="Page{T}.MaxSize"/>; other numbers are clamped. Default 50.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>The previous page's <see cref="Page{T}.NextCursor"/>.</summary>
    public string? Cursor { get; init; }
}
