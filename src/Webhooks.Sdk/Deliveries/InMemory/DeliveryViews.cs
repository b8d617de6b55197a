using System.Globalization;

namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>Turns rows into what the delivery log shows, and pages through them by sequence.</summary>
internal static class DeliveryViews
{
    public static WebhookDelivery Of(in QueuedDelivery queued) => new()
    {
        Id = IdOf(queued),
        EventId = queued.Row.Event.Id,
        EventType = queued.Row.Event.Type,
        TenantId = queued.Row.Event.TenantId,
        SubscriptionId = queued.Queue.SubscriptionId,
        State = DeliveryState.Pending,
        Attempts = queued.Attempts,
        CreatedAt = queued.Row.Event.CreatedAt,
        DueAt = new DateTimeOffset(queued.DueAt, TimeSpan.Zero),
    };

    /// <summary>What is leased is not due at any time.</summary>
    public static WebhookDelivery OfLeased(in QueuedDelivery queued) => Of(queued) with { DueAt = null };

    public static WebhookDelivery Of(in AttemptLog.Line line) => new()
    {
        Id = line.DeliveryId,
        EventId = line.EventId,
        EventType = line.EventType,
        TenantId = line.TenantId,
        SubscriptionId = line.SubscriptionId,
        State = DeliveryState.Delivered,
        Attempts = line.Attempt,
        CreatedAt = line.EventTime,
        CompletedAt = line.Result.StartedAt + line.Result.Duration,
    };

    public static DeliveryAttemptRecord AttemptOf(in AttemptLog.Line line) => new()
    {
        DeliveryId = line.DeliveryId,
        EventId = line.EventId,
        EventType = line.EventType,
        TenantId = line.TenantId,
        SubscriptionId = line.SubscriptionId,
        Number = line.Attempt,
        Result = line.Result,
        Outcome = line.Outcome,
        RetryDelay = line.RetryDelay,
        IsTest = line.IsTest,
    };

    public static Guid IdOf(in QueuedDelivery queued) => Events.DeliveryId.Of(queued.Row.Event, queued.Queue.SubscriptionId);

    public static bool Is(in QueuedDelivery queued, Guid id) =>
        Events.DeliveryId.Is(id, queued.Row.Event.CreatedAt, queued.Row.Event.Id, queued.Queue.SubscriptionId);

    public static bool Matches(in QueuedDelivery queued, DeliveryQuery query) =>
        (query.TenantId is null || query.TenantId == queued.Row.Event.TenantId)
        && (query.SubscriptionId is null || query.SubscriptionId == queued.Queue.SubscriptionId)
        && (query.EventId is null || query.EventId == queued.Row.Event.Id)
        && (query.DeliveryId is not { } id || Is(queued, id));

    public static long ReadCursor(string? cursor) =>
        long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : long.MaxValue;

    /// <summary>The newest rows before the cursor; keeps only a page's worth while it looks at all of them.</summary>
    public static Page<T> Newest<TRow, T>(IEnumerable<(long Sequence, TRow Row)> rows, DeliveryQuery query, Func<TRow, T> view)
    {
        var size = Page<T>.Clamp(query.PageSize);
        var before = ReadCursor(query.Cursor);
        var kept = new PriorityQueue<TRow, long>(size + 2);
        foreach (var (sequence, row) in rows)
        {
            if (sequence < before)
            {
                kept.Enqueue(row, sequence);
                if (kept.Count > size + 1)
                {
                    kept.Dequeue();
                }
            }
        }

        string? next = null;
        var hasMore = kept.Count > size;
        if (hasMore)
        {
            kept.Dequeue();
        }

        var page = new T[kept.Count];
        for (var i = page.Length - 1; i >= 0; i--)
        {
            kept.TryDequeue(out var row, out var sequence);
            next ??= hasMore ? sequence.ToString(CultureInfo.InvariantCulture) : null;
            page[i] = view(row!);
        }

        return new(page, next);
    }
}
