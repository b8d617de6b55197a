using System.Data.Common;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>The node's own store with gates around the three calls that move a delivery on: enqueue, claim, record.</summary>
internal sealed class StagedDeliveryStore(IWebhookDeliveryStore inner, StageGate gate, NodeReport report) : IWebhookDeliveryStore
{
    private const int ManyTargets = 10;

    public async ValueTask<IReadOnlyList<bool>> EnqueueAsync(IReadOnlyList<EventTargets> batch, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var (@event, targets) = batch[0];
        if (targets.Count >= ManyTargets && gate.Take(Stage.FanOutEnqueue))
        {
            report.At(Stage.FanOutEnqueue, @event.Id);
        }

        var isNew = await inner.EnqueueAsync(batch, transaction, cancellationToken);
        if (transaction is null)
        {
            await gate.PassAsync(Stage.AfterCommit, @event.Id);
        }

        return isNew;
    }

    public async ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var claimed = await inner.ClaimAsync(request, cancellationToken);
        if (claimed.Count > 0)
        {
            await gate.PassAsync(Stage.AfterClaim);
        }

        return claimed;
    }

    public async ValueTask<IReadOnlyList<ClaimedDelivery>> RecordAsync(IReadOnlyList<DeliveryRecord> batch, CancellationToken cancellationToken)
    {
        if (batch.Any(r => r.Transition is DeliveryTransition.Delivered))
        {
            await gate.PassAsync(Stage.AfterAnswer);
        }

        return await inner.RecordAsync(batch, cancellationToken);
    }

    public ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => inner.WaitAsync(timeout, cancellationToken);

    public ValueTask RenewAsync(IReadOnlyList<ClaimedDelivery> deliveries, TimeSpan lease, CancellationToken cancellationToken) =>
        inner.RenewAsync(deliveries, lease, cancellationToken);

    public ValueTask LogAsync(DeliveryAttemptRecord attempt, CancellationToken cancellationToken) => inner.LogAsync(attempt, cancellationToken);

    public ValueTask<int> FailPendingAsync(string subscriptionId, FailureReason reason, CancellationToken cancellationToken) =>
        inner.FailPendingAsync(subscriptionId, reason, cancellationToken);

    public ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken) => inner.ResendAsync(deliveryId, cancellationToken);

    public ValueTask<int> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken) => inner.RecoverAsync(request, cancellationToken);

    public ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    public ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        inner.ListAttemptsAsync(query, cancellationToken);

    public ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken) => inner.FindEventAsync(eventId, cancellationToken);

    public ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken) => inner.GetBacklogAsync(cancellationToken);

    public ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken) =>
        inner.SummariseAsync(query, cancellationToken);

    public ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken) => inner.PurgeAsync(age, cancellationToken);
}
