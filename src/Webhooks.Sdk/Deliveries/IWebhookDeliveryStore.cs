using System.Data.Common;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Deliveries;

/// <summary>
/// Keeps events and their deliveries. Whoever writes one runs the conformance suite on it. The store's clock decides what is due and what has
/// expired; every write after a claim is guarded by the lease token. A batch that it is given is used again when the task has completed: it may keep
/// what is in it, an event's targets too, but not the batch.
/// </summary>
public interface IWebhookDeliveryStore
{
    /// <summary>Stores events with their deliveries; when it returns they are as durable as the store is.</summary>
    /// <param name="batch">The events. Either all are stored or none.</param>
    /// <param name="transaction">The host's own transaction, when the rows shall live and die with it.</param>
    /// <param name="cancellationToken">Cancels the wait; what was committed stays.</param>
    /// <returns>For each event whether it is new; false means that its id was stored before and nothing was done.</returns>
    /// <exception cref="WebhookQueueFullException">The store is bounded, full, and stayed full.</exception>
    ValueTask<IReadOnlyList<bool>> EnqueueAsync(IReadOnlyList<EventTargets> batch, DbTransaction? transaction, CancellationToken cancellationToken);

    /// <summary>Leases deliveries that are due. At most one of a FIFO subscription is leased at a time, its oldest.</summary>
    ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until something has become claimable since the last <see cref="ClaimAsync"/>, or the timeout passes. A hint that shortens the
    /// poll: it may return early and for nothing.
    /// </summary>
    ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Extends leases to <paramref name="lease"/> from now; a lost one stays lost.</summary>
    ValueTask RenewAsync(IReadOnlyList<ClaimedDelivery> deliveries, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Writes transitions and log rows, each only if its lease still holds; a lost one writes its log row and nothing else.</summary>
    /// <returns>The claims that were lost; usually none.</returns>
    ValueTask<IReadOnlyList<ClaimedDelivery>> RecordAsync(IReadOnlyList<DeliveryRecord> batch, CancellationToken cancellationToken);

    /// <summary>Writes a log row that belongs to no queued delivery: a test.</summary>
    ValueTask LogAsync(DeliveryAttemptRecord attempt, CancellationToken cancellationToken);

    /// <summary>Gives up every delivery of a subscription that is not leased right now. Returns how many.</summary>
    ValueTask<int> FailPendingAsync(string subscriptionId, FailureReason reason, CancellationToken cancellationToken);

    /// <summary>Enqueues a failed (or delivered) delivery again, with a fresh schedule.</summary>
    ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken);

    /// <summary>Enqueues what failed, and what was published while the subscription was off, since a time; never a second time what is pending or delivered.</summary>
    ValueTask<int> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken);

    /// <summary>Lists deliveries, newest first.</summary>
    ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken);

    /// <summary>Lists attempts, newest first.</summary>
    ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken);

    /// <summary>The event, as long as it is kept.</summary>
    ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken);

    /// <summary>How much is waiting.</summary>
    ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Counts attempts by subscription and step of time, ordered by both; steps without attempts are left out. Cheap however long the log is: a
    /// page asks for it every few seconds.
    /// </summary>
    ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken);

    /// <summary>Removes events, attempts and failed deliveries older than the age. Pending deliveries and their events stay. Returns how many rows went.</summary>
    ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken);
}
