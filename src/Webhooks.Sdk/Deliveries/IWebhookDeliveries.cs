using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Deliveries;

/// <summary>What became of what was published: the delivery log, the failed deliveries, and sending again.</summary>
public interface IWebhookDeliveries
{
    /// <summary>Lists deliveries, newest first.</summary>
    ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Lists attempts, newest first.</summary>
    ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>The event, as long as it is kept.</summary>
    ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken = default);

    /// <summary>How much is waiting.</summary>
    ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts attempts by subscription and step of time: rate, success and latency for charts. Steps without attempts are left out.</summary>
    ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Sends a failed (or delivered) delivery again, with a fresh schedule.</summary>
    /// <exception cref="WebhookNotFoundException">There is no such delivery, its event is no longer kept, or its subscription was deleted.</exception>
    /// <exception cref="WebhookException">The subscription is off: enable it first.</exception>
    ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends what a subscription failed to get or missed since a time, without duplicates. What it missed while it was off is known only for
    /// events that were stored: those with another subscriber, or all with <c>PublishOptions.KeepAllEvents</c>. Returns how many were enqueued.
    /// </summary>
    ValueTask<int> RecoverAsync(string subscriptionId, DateTimeOffset since, CancellationToken cancellationToken = default);
}
