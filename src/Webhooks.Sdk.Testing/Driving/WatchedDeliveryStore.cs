using System.Data.Common;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Testing.Recording;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>The host's store, with its writes counted and its rounds of claims made visible.</summary>
internal sealed class WatchedDeliveryStore : IWebhookDeliveryStore
{
    // Nothing is polled for: after each move of the time a round is asked for.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly IWebhookDeliveryStore _inner;
    private readonly EngineWatch _watch;
    private readonly WebhookRecords _records;

    public WatchedDeliveryStore(IWebhookDeliveryStore inner, EngineWatch watch, WebhookRecords records)
    {
        _inner = inner;
        _watch = watch;
        _records = records;
        watch.Store = inner;
    }

    public async ValueTask<IReadOnlyList<bool>> EnqueueAsync(IReadOnlyList<EventTargets> batch, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        _records.AddStored(batch.Select(b => b.Event));
        return await _watch.CountAsync(() => _inner.EnqueueAsync(batch, transaction, cancellationToken));
    }

    public async ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        _watch.Rounds.BeginClaim();
        var claimed = await _inner.ClaimAsync(request, cancellationToken);
        _watch.Rounds.EndClaim(claimed.Count);
        return claimed;
    }

    public async ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_watch.Rounds.BeginWait() is not { } asked)
        {
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wait = _inner.WaitAsync(LongestWait, end.Token).AsTask();
        if (await Task.WhenAny(wait, asked) == asked)
        {
            await end.CancelAsync();
        }

        try
        {
            await wait;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    public ValueTask<IReadOnlyList<ClaimedDelivery>> RecordAsync(IReadOnlyList<DeliveryRecord> batch, CancellationToken cancellationToken) =>
        _watch.CountAsync(() => _inner.RecordAsync(batch, cancellationToken));

    public async ValueTask LogAsync(DeliveryAttemptRecord attempt, CancellationToken cancellationToken)
    {
        await _inner.LogAsync(attempt, cancellationToken);
        _records.AddAttempt(attempt);
    }

    /// <summary>No observer hears of these: they are found by what was pending before and has failed after.</summary>
    public async ValueTask<int> FailPendingAsync(string subscriptionId, FailureReason reason, CancellationToken cancellationToken) => await _watch.CountAsync(async () =>
    {
        var pending = await ListAllAsync(subscriptionId, DeliveryState.Pending, cancellationToken);
        var count = await _inner.FailPendingAsync(subscriptionId, reason, cancellationToken);
        var failed = await ListAllAsync(subscriptionId, DeliveryState.Failed, cancellationToken);
        _records.AddFailed(failed.IntersectBy(pending.Select(p => p.Id), f => f.Id).Reverse());
        return count;
    });

    public ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken) =>
        _watch.CountAsync(() => _inner.ResendAsync(deliveryId, cancellationToken));

    public ValueTask<int> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken) =>
        _watch.CountAsync(() => _inner.RecoverAsync(request, cancellationToken));

    public ValueTask RenewAsync(IReadOnlyList<ClaimedDelivery> deliveries, TimeSpan lease, CancellationToken cancellationToken) =>
        _inner.RenewAsync(deliveries, lease, cancellationToken);

    public ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) => _inner.ListAsync(query, cancellationToken);

    public ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        _inner.ListAttemptsAsync(query, cancellationToken);

    public ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken) => _inner.FindEventAsync(eventId, cancellationToken);

    public ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken) => _inner.GetBacklogAsync(cancellationToken);

    public ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken) =>
        _inner.SummariseAsync(query, cancellationToken);

    public ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken) => _inner.PurgeAsync(age, cancellationToken);

    private async Task<List<WebhookDelivery>> ListAllAsync(string subscriptionId, DeliveryState state, CancellationToken cancellationToken)
    {
        List<WebhookDelivery> all = [];
        var query = new DeliveryQuery { SubscriptionId = subscriptionId, State = state, PageSize = Page<WebhookDelivery>.MaxSize };
        do
        {
            var page = await _inner.ListAsync(query, cancellationToken);
            all.AddRange(page.Items);
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);
        return all;
    }
}
