using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.AspNetCore.Management.Deliveries;

internal sealed record AttemptView : TestResultView
{
    [SetsRequiredMembers]
    private AttemptView(DeliveryAttemptRecord attempt)
        : base(Of(attempt.Result))
    {
        DeliveryId = attempt.DeliveryId;
        EventId = attempt.EventId;
        EventType = attempt.EventType;
        SubscriptionId = attempt.SubscriptionId;
        Number = attempt.Number;
        Outcome = attempt.Outcome;
        NextAttemptAt = attempt.RetryDelay is { } delay ? attempt.Result.StartedAt + attempt.Result.Duration + delay : null;
        IsTest = attempt.IsTest;
    }

    [JsonPropertyName("delivery_id")]
    public required Guid DeliveryId { get; init; }

    [JsonPropertyName("event_id")]
    public required string EventId { get; init; }

    [JsonPropertyName("event_type")]
    public required string EventType { get; init; }

    [JsonPropertyName("subscription_id")]
    public required string SubscriptionId { get; init; }

    [Description("1 for the first attempt.")]
    public required int Number { get; init; }

    [JsonConverter(typeof(SnakeCaseEnum<DeliveryState>))]
    [Description("What the delivery became by it; null when another node was faster.")]
    public required DeliveryState? Outcome { get; init; }

    [JsonPropertyName("next_attempt_at")]
    [Description("When the next attempt was to follow; null when none was.")]
    public required DateTimeOffset? NextAttemptAt { get; init; }

    [JsonPropertyName("is_test")]
    public required bool IsTest { get; init; }

    public static AttemptView Of(DeliveryAttemptRecord attempt) => new(attempt);
}
