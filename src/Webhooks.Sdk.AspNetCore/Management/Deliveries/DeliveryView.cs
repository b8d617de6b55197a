using System.ComponentModel;
using System.Text.Json.Serialization;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.AspNetCore.Management.Deliveries;

internal record DeliveryView
{
    public required Guid Id { get; init; }

    [JsonPropertyName("event_id")]
    public required string EventId { get; init; }

    [JsonPropertyName("event_type")]
    public required string EventType { get; init; }

    [JsonPropertyName("subscription_id")]
    public required string SubscriptionId { get; init; }

    [JsonConverter(typeof(SnakeCaseEnum<DeliveryState>))]
    public required DeliveryState State { get; init; }

    [JsonPropertyName("attempt_count")]
    [Description("The attempts so far.")]
    public required int AttemptCount { get; init; }

    [JsonPropertyName("created_at")]
    [Description("When the event happened.")]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("next_attempt_at")]
    [Description("When the next attempt is due; only while pending.")]
    public required DateTimeOffset? NextAttemptAt { get; init; }

    [JsonPropertyName("completed_at")]
    [Description("When it arrived or was given up.")]
    public required DateTimeOffset? CompletedAt { get; init; }

    [JsonPropertyName("failure_reason")]
    [JsonConverter(typeof(SnakeCaseEnum<FailureReason>))]
    [Description("Why it was given up; only when failed.")]
    public required FailureReason? FailureReason { get; init; }

    public static DeliveryView Of(WebhookDelivery delivery) => new()
    {
        Id = delivery.Id,
        EventId = delivery.EventId,
        EventType = delivery.EventType,
        SubscriptionId = delivery.SubscriptionId,
        State = delivery.State,
        AttemptCount = delivery.Attempts,
        CreatedAt = delivery.CreatedAt,
        NextAttemptAt = delivery.DueAt,
        CompletedAt = delivery.CompletedAt,
        FailureReason = delivery.FailureReason,
    };
}
