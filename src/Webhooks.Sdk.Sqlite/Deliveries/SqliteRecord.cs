using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>Writes what attempts came to: each transition is one statement that the lease guards, and one row of the log.</summary>
internal sealed class SqliteRecord(SqliteDeliverySql sql)
{
    /// <param name="Lost">The claims that were lost.</param>
    /// <param name="MadeWork">Something has a new time to wait for, or has become claimable.</param>
    public readonly record struct Recorded(IReadOnlyList<ClaimedDelivery> Lost, bool MadeWork);

    private readonly record struct EndedLease(bool HeldLease, bool IsFifo, string? SubscriptionName);

    public Recorded Run(SqliteSession session, IReadOnlyList<DeliveryRecord> batch, long now)
    {
        var lost = new List<ClaimedDelivery>();
        var madeWork = false;
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            var token = RowLease.Of(record.Delivery.LeaseToken);
            var ended = Apply(session, record, token, now);
            if (!ended.HeldLease)
            {
                lost.Add(record.Delivery);
            }

            madeWork |= ended.IsFifo || record.Transition is DeliveryTransition.Retry or DeliveryTransition.Released;

            if (record.Result is not null)
            {
                Log(session, record, token, ended);
            }
        }

        return new(lost, madeWork);
    }

    public int Renew(SqliteSession session, IReadOnlyList<ClaimedDelivery> deliveries, long end)
    {
        var renewed = 0;
        for (var i = 0; i < deliveries.Count; i++)
        {
            var token = RowLease.Of(deliveries[i].LeaseToken);
            using var renew = session.Use(sql.Renew);
            renewed += renew.Bind(end).Bind(token.Seq).Bind(token.Lease).Run();
        }

        return renewed;
    }

    /// <summary>Gives back to the queue, in its old place, what the worker did not take.</summary>
    public int Release(SqliteSession session, IReadOnlyList<HandedDelivery> deliveries)
    {
        var released = 0;
        for (var i = 0; i < deliveries.Count; i++)
        {
            released += PutBack(session, RowLease.Of(deliveries[i].Claim.LeaseToken), deliveries[i].DueAt, charge: 0).HeldLease ? 1 : 0;
        }

        return released;
    }

    /// <summary>A test's row: it belongs to no delivery.</summary>
    public int Log(SqliteSession session, DeliveryAttemptRecord attempt)
    {
        using var insert = session.Use(sql.InsertAttempt);
        insert.BindNull().Bind(attempt.DeliveryId.ToByteArray(bigEndian: true)).Bind(attempt.EventId).Bind(attempt.EventType)
            .Bind(attempt.Result.StartedAt.ToMicroseconds()).Bind(attempt.TenantId).Bind(attempt.SubscriptionId).BindNull().Bind(0)
            .Bind(attempt.Number).Bind(Words.Of(attempt.Outcome));
        return BindResult(insert, attempt.RetryDelay, attempt.Result).Run();
    }

    private EndedLease Apply(SqliteSession session, in DeliveryRecord record, RowLease token, long now)
    {
        switch (record.Transition)
        {
            case DeliveryTransition.Delivered:
                return End(session, record.Delivery, token, now);
            case DeliveryTransition.Failed failed:
                CopyToFailed(session, token, charge: record.Result is null ? 0 : 1, failed.Reason, now);
                return End(session, record.Delivery, token, now);
            case DeliveryTransition.Retry retry:
                return PutBack(session, token, now + retry.Delay.ToMicroseconds(), charge: 1);
            case DeliveryTransition.Released released:
                return PutBack(session, token, now + released.Delay.ToMicroseconds(), charge: 0);
            default:
                throw new InvalidOperationException($"Unknown transition {record.Transition}.");
        }
    }

    private EndedLease End(SqliteSession session, ClaimedDelivery delivery, RowLease token, long now)
    {
        if (Delete(session, sql.EndUnordered, token))
        {
            return new(true, false, delivery.SubscriptionName);
        }

        if (!Delete(session, sql.EndFifo, token))
        {
            return default;
        }

        using var promote = session.Use(sql.PromoteNext);
        promote.Bind(now).Bind(delivery.SubscriptionId).Run();
        return new(true, true, delivery.SubscriptionName);
    }

    private static bool Delete(SqliteSession session, string end, RowLease token)
    {
        using var delete = session.Use(end);
        return delete.Bind(token.Seq).Bind(token.Lease).Run() > 0;
    }

    private EndedLease PutBack(SqliteSession session, RowLease token, long dueAt, int charge)
    {
        using var putBack = session.Use(sql.PutBack);
        return new(putBack.Bind(dueAt).Bind(charge).Bind(token.Seq).Bind(token.Lease).Run() > 0, false, null);
    }

    private void CopyToFailed(SqliteSession session, RowLease token, int charge, FailureReason reason, long now)
    {
        using var copy = session.Use(sql.CopyToFailed);
        copy.Bind(charge).Bind(Words.Of(reason)).Bind(now).Bind(token.Seq).Bind(token.Lease).Run();
    }

    private void Log(SqliteSession session, in DeliveryRecord record, RowLease token, EndedLease ended)
    {
        var (delivery, @event) = (record.Delivery, record.Delivery.Event);
        var isDelivered = ended.HeldLease && record.Transition is DeliveryTransition.Delivered;
        if (isDelivered && record.Result is { Error: AttemptError.None, ErrorMessage: null, RetryAfter: null })
        {
            LogDelivered(session, delivery, record.Result, token, ended);
            return;
        }

        using var insert = session.Use(sql.InsertAttempt);
        insert.Bind(isDelivered ? token.Seq : (long?)null).BindNull().Bind(@event.Id).Bind(@event.Type).Bind(@event.CreatedAt.ToMicroseconds())
            .Bind(@event.TenantId).Bind(delivery.SubscriptionId).Bind(isDelivered ? ended.SubscriptionName : null).Bind(ended.IsFifo ? 1 : 0)
            .Bind(delivery.Attempts + 1).Bind(Words.Of(ended.HeldLease ? OutcomeOf(record.Transition) : (DeliveryState?)null));
        BindResult(insert, ended.HeldLease ? (record.Transition as DeliveryTransition.Retry)?.Delay : null, record.Result!).Run();
    }

    private void LogDelivered(SqliteSession session, ClaimedDelivery delivery, AttemptResult result, RowLease token, EndedLease ended)
    {
        var @event = delivery.Event;
        using var insert = session.Use(sql.InsertDelivered);
        insert.Bind(token.Seq).Bind(@event.Id).Bind(@event.Type).Bind(@event.CreatedAt.ToMicroseconds()).Bind(@event.TenantId)
            .Bind(delivery.SubscriptionId).Bind(ended.SubscriptionName).Bind(ended.IsFifo ? 1 : 0).Bind(delivery.Attempts + 1)
            .Bind(result.StartedAt.ToMicroseconds()).Bind(result.Duration.ToMicroseconds()).Bind(result.StatusCode).Bind(result.ResponseHeaders);
        (result.ResponseBody.IsEmpty ? insert.BindNull() : insert.Bind(result.ResponseBody.Span)).Run();
    }

    private static SqliteStatement BindResult(SqliteStatement insert, TimeSpan? retryDelay, AttemptResult result)
    {
        insert.Bind(retryDelay?.ToMicroseconds()).Bind(result.StartedAt.ToMicroseconds()).Bind(result.Duration.ToMicroseconds()).Bind(result.StatusCode)
            .Bind(result.Error == AttemptError.None ? null : Words.Of(result.Error)).Bind(result.ErrorMessage).Bind(result.RetryAfter).Bind(result.ResponseHeaders);
        return result.ResponseBody.IsEmpty ? insert.BindNull() : insert.Bind(result.ResponseBody.Span);
    }

    private static DeliveryState OutcomeOf(DeliveryTransition transition) => transition switch
    {
        DeliveryTransition.Delivered => DeliveryState.Delivered,
        DeliveryTransition.Failed => DeliveryState.Failed,
        _ => DeliveryState.Pending,
    };
}
