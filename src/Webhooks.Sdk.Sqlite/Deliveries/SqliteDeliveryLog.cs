using System.Globalization;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>Answers what the delivery log asks. Where a delivery stands is the table that it stands in.</summary>
internal sealed class SqliteDeliveryLog(SqliteDeliveryLogSql sql, DeliveryFinder finder)
{
    public Page<WebhookDelivery> List(SqliteSession session, DeliveryQuery query, HandOff handOff, long now)
    {
        if (FilterOf(session, query) is not { } filter)
        {
            return new([], null);
        }

        var count = Page<WebhookDelivery>.Clamp(query.PageSize) + 1;
        var before = ReadCursor(query.Cursor);
        var rows = new List<(long Seq, WebhookDelivery Delivery)>();
        if (query.State is null or DeliveryState.Delivered)
        {
            using var delivered = Bind(session.Use(sql.Delivered(filter)).Bind(before), filter, filter.EventId, count);
            rows.AddRange(Read(delivered, DeliveredOf));
        }

        // The tables of what is not delivered know their event by its number.
        if (filter.EventId is null || SeqOfEvent(session, filter.EventId) is not null)
        {
            if (query.State is null or DeliveryState.Pending)
            {
                // The page is cut before its events, and with them their tenant, are looked at: all rows of a subscription are of one tenant.
                using var pending = filter.IsNarrow
                    ? BindSeq(session, session.Use(sql.Pending(filter)).Bind(before), filter with { TenantId = null }, count)
                    : Bind(session.Use(sql.Pending(filter)).Bind(before), filter, null, count);
                if (filter.IsNarrow && filter.TenantId is { } tenant)
                {
                    pending.Bind(tenant);
                }

                var handed = handOff.DueTimes();
                rows.AddRange(Read(pending, row => PendingOf(row, handed, now)));
            }

            if (query.State is null or DeliveryState.Failed)
            {
                using var failed = BindSeq(session, session.Use(sql.Failed(filter)).Bind(before), filter, count);
                rows.AddRange(Read(failed, FailedOf));
            }
        }

        return PageOf(rows, count - 1);
    }

    public Page<DeliveryAttemptRecord> ListAttempts(SqliteSession session, DeliveryQuery query)
    {
        var count = Page<DeliveryAttemptRecord>.Clamp(query.PageSize) + 1;
        var before = ReadCursor(query.Cursor);
        if (query.DeliveryId is { } id)
        {
            using var test = session.Use(sql.Attempts(default, isTest: true)).Bind(before).Bind(id.ToByteArray(bigEndian: true)).Bind(count);
            if (Read(test, AttemptOf) is { Count: > 0 } tests)
            {
                return PageOf(tests.FindAll(t => Matches(t.Row, query)), count - 1);
            }
        }

        if (FilterOf(session, query) is not { } filter)
        {
            return new([], null);
        }

        using var select = Bind(session.Use(sql.Attempts(filter, isTest: false)).Bind(before), filter, filter.EventId, count);
        return PageOf(Read(select, AttemptOf), count - 1);
    }

    public DeliveryBacklog Backlog(SqliteSession session, HandOff handOff, long now)
    {
        var handed = handOff.DueTimes();
        using var select = session.Use(sql.Backlog).Bind(now);
        select.Step();
        var oldest = select.IntegerOrNull(3);
        foreach (var due in handed.Values)
        {
            oldest = oldest < due ? oldest : due;
        }

        // Some of them may have gone on to the worker, and been delivered, before the table was read.
        var leased = Math.Max(0, select.Integer(1) - handed.Count);
        return new(select.Integer(0), leased, select.Integer(2), oldest?.ToTime(), select.IntegerOrNull(4)?.ToTime());
    }

    private DeliveryFilter? FilterOf(SqliteSession session, DeliveryQuery query)
    {
        var filter = DeliveryFilter.Of(query);
        return query.DeliveryId is not { } id ? filter
            : finder.Find(session, id) is { } found ? filter.And(found)
            : null;
    }

    private long? SeqOfEvent(SqliteSession session, string id)
    {
        using var select = session.Use(sql.SeqOfEvent).Bind(id);
        return select.Step() ? select.Integer(0) : null;
    }

    private SqliteStatement BindSeq(SqliteSession session, SqliteStatement select, DeliveryFilter filter, int count)
    {
        if (filter.EventId is { } id)
        {
            select.Bind(SeqOfEvent(session, id));
        }

        return Bind(select, filter, null, count);
    }

    private static SqliteStatement Bind(SqliteStatement select, DeliveryFilter filter, string? eventId, int count)
    {
        foreach (var value in new[] { eventId, filter.SubscriptionId, filter.TenantId })
        {
            if (value is not null)
            {
                select.Bind(value);
            }
        }

        return select.Bind(count);
    }

    private static List<(long Seq, T Row)> Read<T>(SqliteStatement select, Func<SqliteStatement, T> read)
    {
        var rows = new List<(long, T)>();
        while (select.Step())
        {
            rows.Add((select.Integer(0), read(select)));
        }

        return rows;
    }

    private static Page<T> PageOf<T>(List<(long Seq, T Row)> rows, int size)
    {
        rows.Sort(static (a, b) => b.Seq.CompareTo(a.Seq));
        return new([.. rows.Take(size).Select(r => r.Row)], rows.Count > size ? rows[size - 1].Seq.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static long ReadCursor(string? cursor) =>
        long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : long.MaxValue;

    private static bool Matches(DeliveryAttemptRecord attempt, DeliveryQuery query) =>
        (query.EventId ?? attempt.EventId) == attempt.EventId
        && (query.SubscriptionId ?? attempt.SubscriptionId) == attempt.SubscriptionId
        && (query.TenantId ?? attempt.TenantId) == attempt.TenantId;

    private static WebhookDelivery PendingOf(SqliteStatement row, Dictionary<Guid, long> handed, long now) => DeliveryOf(row, DeliveryState.Pending) with
    {
        DueAt = (row.IsNull(8) || row.Integer(7) <= now) && row.Integer(7) != SqliteDeliverySql.Blocked ? row.Integer(7).ToTime()
            : handed.TryGetValue(new RowLease(row.Integer(8), row.Integer(0)).ToGuid(), out var due) ? due.ToTime()
            : null,
    };

    private static WebhookDelivery FailedOf(SqliteStatement row) => DeliveryOf(row, DeliveryState.Failed) with
    {
        FailureReason = Words.Read<FailureReason>(row.Text(7)),
        CompletedAt = row.Integer(8).ToTime(),
    };

    private static WebhookDelivery DeliveredOf(SqliteStatement row) => DeliveryOf(row, DeliveryState.Delivered) with { CompletedAt = row.Integer(7).ToTime() };

    private static WebhookDelivery DeliveryOf(SqliteStatement row, DeliveryState state)
    {
        var (eventId, subscriptionId, time) = (row.Text(1), row.Text(4), row.Integer(6).ToTime());
        return new()
        {
            Id = DeliveryId.Of(time, eventId, subscriptionId),
            EventId = eventId,
            EventType = row.Text(2),
            TenantId = row.Text(3),
            SubscriptionId = subscriptionId,
            State = state,
            Attempts = (int)row.Integer(5),
            CreatedAt = time,
        };
    }

    private static DeliveryAttemptRecord AttemptOf(SqliteStatement row)
    {
        var (eventId, subscriptionId) = (row.Text(2), row.Text(6));
        var isTest = !row.IsNull(1);
        return new()
        {
            DeliveryId = isTest ? new Guid(row.Blob(1), bigEndian: true) : DeliveryId.Of(row.Integer(4).ToTime(), eventId, subscriptionId),
            EventId = eventId,
            EventType = row.Text(3),
            TenantId = row.Text(5),
            SubscriptionId = subscriptionId,
            Number = (int)row.Integer(7),
            Outcome = row.TextOrNull(8) is { } outcome ? Words.Read<DeliveryState>(outcome) : null,
            RetryDelay = row.IntegerOrNull(9)?.ToDuration(),
            IsTest = isTest,
            Result = new AttemptResult
            {
                StartedAt = row.Integer(10).ToTime(),
                Duration = row.Integer(11).ToDuration(),
                StatusCode = (int)row.Integer(12),
                Error = row.TextOrNull(13) is { } error ? Words.Read<AttemptError>(error) : AttemptError.None,
                ErrorMessage = row.TextOrNull(14),
                RetryAfter = row.TextOrNull(15),
                ResponseHeaders = row.TextOrNull(16),
                ResponseBody = row.IsNull(17) ? default(ReadOnlyMemory<byte>) : row.Blob(17),
            },
        };
    }
}
