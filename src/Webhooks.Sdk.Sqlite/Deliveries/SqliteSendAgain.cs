using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>Brings back what failed, was delivered, or was missed. What is pending is never enqueued a second time.</summary>
internal sealed class SqliteSendAgain(SqliteDeliverySql sql, SqliteEnqueue enqueue, DeliveryFinder finder)
{
    /// <summary>How far a recovery has come: the next part begins behind it.</summary>
    public readonly record struct Place(long StoredAt, long Seq, bool IsEnd);

    public ResendOutcome Resend(SqliteSession session, Guid deliveryId, long now)
    {
        if (finder.Find(session, deliveryId) is not { } found)
        {
            return ResendOutcome.NotFound;
        }

        using (var pending = session.Use(sql.IsPending).Bind(found.EventSeq).Bind(found.SubscriptionId))
        {
            if (pending.Step())
            {
                return ResendOutcome.AlreadyPending;
            }
        }

        var target = Take(session.Use(sql.TakeFailed).Bind(found.EventSeq).Bind(found.SubscriptionId), found.SubscriptionId)
            ?? Take(session.Use(sql.ReopenDelivered).Bind(found.EventId).Bind(found.SubscriptionId), found.SubscriptionId);
        if (target is not { } again)
        {
            return ResendOutcome.NotFound;
        }

        enqueue.InsertDelivery(session, found.EventSeq, again, now);
        return ResendOutcome.Resent;
    }

    /// <summary>Enqueues the next ones in the order of publication. Returns how many, and where it stands.</summary>
    public (int Count, Place Place) Recover(SqliteSession session, RecoverRequest request, Place after, int limit, long now)
    {
        var (rows, place) = Recoverable(session, request, after, limit);
        foreach (var (seq, hasFailed) in rows)
        {
            var target = hasFailed
                ? Take(session.Use(sql.TakeFailed).Bind(seq).Bind(request.Target.SubscriptionId), request.Target.SubscriptionId)
                : null;
            enqueue.InsertDelivery(session, seq, target ?? request.Target, now);
        }

        return (rows.Count, place);
    }

    private (List<(long Seq, bool HasFailed)> Rows, Place Place) Recoverable(SqliteSession session, RecoverRequest request, Place after, int limit)
    {
        var rows = new List<(long, bool)>();
        var read = 0;
        using var select = session.Use(sql.Recoverable);
        select.Bind(request.Target.SubscriptionId).Bind(request.TenantId).Bind(after.StoredAt).Bind(after.Seq).Bind(limit);
        for (; select.Step(); read++)
        {
            after = new(select.Integer(0), select.Integer(1), false);
            var hasFailed = select.Integer(3) != 0;
            if (hasFailed || request.Filter.Matches(select.Text(2)))
            {
                rows.Add((after.Seq, hasFailed));
            }
        }

        return (rows, after with { IsEnd = read < limit });
    }

    // Both statements give back what the delivery was enqueued as.
    private static DeliveryTarget? Take(SqliteStatement take, string subscriptionId)
    {
        using (take)
        {
            DeliveryTarget? target = null;
            while (take.Step())
            {
                target = new(subscriptionId, take.Integer(0) != 0 ? DeliveryOrdering.Fifo : DeliveryOrdering.Unordered, take.TextOrNull(1));
            }

            return target;
        }
    }
}
