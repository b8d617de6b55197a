namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>A delivery that was given up, kept until it is resent or purged.</summary>
internal sealed record FailedDelivery(QueuedDelivery Queued, FailureReason Reason, DateTimeOffset CompletedAt)
{
    public WebhookDelivery View() => DeliveryViews.Of(Queued) with
    {
        State = DeliveryState.Failed,
        DueAt = null,
        CompletedAt = CompletedAt,
        FailureReason = Reason,
    };
}
