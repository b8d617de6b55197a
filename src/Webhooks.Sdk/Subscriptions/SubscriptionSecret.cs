namespace Webhooks.Sdk.Subscriptions;

/// <summary>A secret as it is stored. Never prints itself.</summary>
/// <param name="Stored">The form that the secret protector made.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Until when it signs beside a newer one; null for the newest.</param>
public sealed record SubscriptionSecret(string Stored, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>It still signs.</summary>
    public bool IsActive(DateTimeOffset now) => ExpiresAt is not { } end || end > now;

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"SubscriptionSecret {{ CreatedAt = {CreatedAt:O}, ExpiresAt = {ExpiresAt:O} }}";
}
