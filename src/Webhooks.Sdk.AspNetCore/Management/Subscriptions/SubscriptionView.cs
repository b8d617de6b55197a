using System.ComponentModel;
using System.Text.Json.Serialization;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

internal record SubscriptionView
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required string? Name { get; init; }

    public required string? Description { get; init; }

    [JsonPropertyName("event_types")]
    [Description("Names, prefixes (review.*) or *; empty for all.")]
    public required IReadOnlyList<string> EventTypes { get; init; }

    [Description("The name of its wire format.")]
    public required string Profile { get; init; }

    [Description("Headers that are sent with every request.")]
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    [JsonPropertyName("max_per_second")]
    [Description("At most so many requests a second; null for no limit.")]
    public required double? MaxPerSecond { get; init; }

    [JsonConverter(typeof(SnakeCaseEnum<DeliveryOrdering>))]
    public required DeliveryOrdering Ordering { get; init; }

    [JsonConverter(typeof(SnakeCaseEnum<SubscriptionState>))]
    [Description("disabled: its owner switched it off. suspended: it failed for too long; enable it again.")]
    public required SubscriptionState State { get; init; }

    [JsonPropertyName("state_reason")]
    public required string? StateReason { get; init; }

    [JsonPropertyName("state_changed_at")]
    public required DateTimeOffset StateChangedAt { get; init; }

    [JsonPropertyName("secret_created_at")]
    [Description("When the newest secret was made; null where the format is not signed.")]
    public required DateTimeOffset? SecretCreatedAt { get; init; }

    [JsonPropertyName("old_secret_expires_at")]
    [Description("Until when an older secret signs too; null when none does.")]
    public required DateTimeOffset? OldSecretExpiresAt { get; init; }

    [Description("Also the ETag. Every change adds one.")]
    public required long Version { get; init; }

    [JsonPropertyName("created_at")]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updated_at")]
    public required DateTimeOffset UpdatedAt { get; init; }

    public static SubscriptionView Of(WebhookSubscription subscription, DateTimeOffset now) => new()
    {
        Id = subscription.Id,
        Url = subscription.Url,
        Name = subscription.Name,
        Description = subscription.Description,
        EventTypes = subscription.EventTypes,
        Profile = subscription.Profile,
        Headers = subscription.Headers,
        MaxPerSecond = subscription.MaxPerSecond,
        Ordering = subscription.Ordering,
        State = subscription.State,
        StateReason = subscription.StateReason,
        StateChangedAt = subscription.StateChangedAt,
        SecretCreatedAt = subscription.Secrets is [var newest, ..] ? newest.CreatedAt : null,
        OldSecretExpiresAt = subscription.Secrets.Where(s => s.IsActive(now)).Max(s => s.ExpiresAt),
        Version = subscription.Version,
        CreatedAt = subscription.CreatedAt,
        UpdatedAt = subscription.UpdatedAt,
    };
}
