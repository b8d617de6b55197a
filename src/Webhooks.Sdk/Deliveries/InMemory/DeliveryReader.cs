namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>Answers what the delivery log asks. Looks at every row: fine for a store that is bounded. Called under the store's lock.</summary>
internal sealed class DeliveryReader(DeliveryQueue queue, FailedTable failed, AttemptLog log)
{
    public Page<WebhookDelivery> List(DeliveryQuery query)
    {
        var rows = Enumerable.Empty<(long, Func<WebhookDelivery>)>();
        if (query.State is null or DeliveryState.Pending)
        {
            rows = rows.Concat(queue.Idle.Where(d => DeliveryViews.Matches(d, query))
                .Select(d => (d.Sequence, (Func<WebhookDelivery>)(() => DeliveryViews.Of(d)))));
            rows = rows.Concat(queue.UnderLease.Where(d => DeliveryViews.Matches(d, query))
                .Select(d => (d.Sequence, (Func<WebhookDelivery>)(() => DeliveryViews.OfLeased(d)))));
        }

        if (query.State is null or DeliveryState.Failed)
        {
            rows = rows.Concat(failed.All.Where(f => DeliveryViews.Matches(f.Queued, query))
                .Select(f => (f.Queued.Sequence, (Func<WebhookDelivery>)f.View)));
        }

        if (query.State is null or DeliveryState.Delivered)
        {
            rows = rows.Concat(log.NewestFirst().Where(l => l.IsFinal && l.Matches(query))
                .Select(l => (l.DeliverySequence, (Func<WebhookDelivery>)(() => DeliveryViews.Of(l)))));
        }

        return DeliveryViews.Newest(rows, query, static view => view());
    }

    public Page<DeliveryAttemptRecord> ListAttempts(DeliveryQuery query)
    {
        var lines = log.NewestFirst(DeliveryViews.ReadCursor(query.Cursor)).Where(l => l.Matches(query))
            .Take(Page<DeliveryAttemptRecord>.Clamp(query.PageSize) + 1)
            .Select(l => (l.Number, l));
        return DeliveryViews.Newest(lines, query, static line => DeliveryViews.AttemptOf(line));
    }

    public DeliveryBacklog Backlog()
    {
        var oldest = queue.Due.Select(d => d.DueAt).DefaultIfEmpty(long.MaxValue).Min();
        return new(queue.Pending, queue.Leased, failed.Count, ToTime(oldest), ToTime(queue.NextWaitingDueAt));
    }

    private static DateTimeOffset? ToTime(long ticks) => ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
