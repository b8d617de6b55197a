using System.Data.Common;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Deliveries.InMemory;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Sqlite.Files;
using Webhooks.Sdk.Sqlite.Summaries;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// Events and deliveries in a SQLite file. Here stands which part runs in which kind of transaction and who is woken; the parts are beside it, and
/// all their SQL is in <see cref="SqliteDeliverySql"/> and <see cref="SqliteDeliveryLogSql"/>. SQLite has no clock of its own worth the name, and all processes
/// that share a file share a machine: the time is the host's <see cref="TimeProvider"/>.
/// </summary>
internal sealed class SqliteDeliveryStore : IWebhookDeliveryStore, IDisposable
{
    // One transaction of a thousand rows takes some milliseconds: what moves more gives way to others in between.
    private const int Batch = 1000;

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;
    private readonly SqliteDeliverySql _sql;
    private readonly EventRows _events;
    private readonly SqliteEnqueue _enqueue;
    private readonly SqliteClaim _claim;
    private readonly SqliteRecord _record;
    private readonly SqliteGiveUp _giveUp;
    private readonly SqliteSendAgain _sendAgain;
    private readonly SqliteDeliveryLog _log;
    private readonly SqlitePurge _purge;
    private readonly SqliteAttemptSummaries _summaries;
    private readonly WakeUp _work;
    private readonly SemaphoreSlim _joining = new(1);
    private ClaimingProcess? _process;
    private long _lastLook;

    public SqliteDeliveryStore(SqliteDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
        _sql = new SqliteDeliverySql(database.TablePrefix);
        _events = new EventRows(_sql);
        _enqueue = new SqliteEnqueue(_sql);
        _claim = new SqliteClaim(_sql, _events);
        _record = new SqliteRecord(_sql);
        _giveUp = new SqliteGiveUp(_sql);
        var finder = new DeliveryFinder(_sql);
        _sendAgain = new SqliteSendAgain(_sql, _enqueue, finder);
        _log = new SqliteDeliveryLog(new SqliteDeliveryLogSql(database.TablePrefix), finder);
        _purge = new SqlitePurge(_sql, database);
        _work = new WakeUp(time);
        _summaries = new SqliteAttemptSummaries(new SqliteAttemptSummarySql(database.TablePrefix));
    }

    public async ValueTask<IReadOnlyList<bool>> EnqueueAsync(IReadOnlyList<EventTargets> batch, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        if (transaction is not null)
        {
            // Nobody is woken: only the host knows when it commits. The worker's poll finds it.
            return _database.WriteIn(transaction, session => _enqueue.Run(session, batch, Now()));
        }

        var isNew = await _database.WriteAsync(session => _enqueue.Run(session, batch, Now()), cancellationToken);
        _work.Set();
        return isNew;
    }

    public async ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var process = _process ?? await JoinAsync(cancellationToken);

        // First forget, then look: what comes in between is remembered. An idle worker that polls never takes the write lock.
        _work.Reset();
        var now = Now();
        Volatile.Write(ref _lastLook, now);
        return _database.Read(session => IsAnythingDue(session, now))
            ? await _database.WriteAsync(session => _claim.Run(session, request, process.NextLease(), Now()), cancellationToken)
            : [];
    }

    public ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var next = _database.Read(session => NextDue(session, Volatile.Read(ref _lastLook)));
        var untilDue = next is { } due and < SqliteDeliverySql.Blocked ? Math.Max(0, due - Now()).ToDuration() : timeout;
        return _work.WaitAsync(untilDue < timeout ? untilDue : timeout, cancellationToken);
    }

    public async ValueTask RenewAsync(IReadOnlyList<ClaimedDelivery> deliveries, TimeSpan lease, CancellationToken cancellationToken) =>
        await _database.WriteAsync(session => _record.Renew(session, deliveries, Now() + lease.ToMicroseconds()), cancellationToken);

    public async ValueTask<IReadOnlyList<ClaimedDelivery>> RecordAsync(IReadOnlyList<DeliveryRecord> batch, CancellationToken cancellationToken)
    {
        var recorded = await _database.WriteAsync(
            session =>
            {
                var result = _record.Run(session, batch, Now());
                _summaries.RollUp(session, batch.Count);
                return result;
            },
            cancellationToken);
        if (recorded.MadeWork)
        {
            _work.Set();
        }

        return recorded.Lost;
    }

    public async ValueTask LogAsync(DeliveryAttemptRecord attempt, CancellationToken cancellationToken) =>
        await _database.WriteAsync(session => _record.Log(session, attempt), cancellationToken);

    public async ValueTask<int> FailPendingAsync(string subscriptionId, FailureReason reason, CancellationToken cancellationToken)
    {
        var all = 0;
        int some;
        do
        {
            some = await _database.WriteAsync(session => _giveUp.Run(session, subscriptionId, reason, Batch, Now()), cancellationToken);
            all += some;
        }
        while (some == Batch);

        return all;
    }

    public async ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        var outcome = await _database.WriteAsync(session => _sendAgain.Resend(session, deliveryId, Now()), cancellationToken);
        _work.Set();
        return outcome;
    }

    public async ValueTask<int> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken)
    {
        var all = 0;
        var place = new SqliteSendAgain.Place(request.Since.ToMicroseconds() - 1, long.MaxValue, IsEnd: false);
        while (!place.IsEnd)
        {
            var from = place;
            (var some, place) = await _database.WriteAsync(session => _sendAgain.Recover(session, request, from, Batch, Now()), cancellationToken);
            all += some;
        }

        _work.Set();
        return all;
    }

    public ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        new(_database.Read(session => _log.List(session, query, Now())));

    public ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        new(_database.Read(session => _log.ListAttempts(session, query)));

    public ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken) =>
        new(_database.Read(session => _events.Find(session, eventId)));

    public ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken) =>
        new(_database.Read(session => _log.Backlog(session, Now())));

    public ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken) =>
        new(_database.Read(session => _summaries.Read(session, query)));

    public async ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var before = (_time.GetUtcNow() - age).ToMicroseconds();
        var purged = await _purge.RunAsync(before, cancellationToken);
        await _database.WriteAsync(session => _summaries.Purge(session, before), cancellationToken);
        return purged;
    }

    public void Dispose()
    {
        _work.Dispose();
        _joining.Dispose();
        _process?.Dispose();
    }

    // Before its first claim a process gives back what those before it died with.
    private async ValueTask<ClaimingProcess> JoinAsync(CancellationToken cancellationToken)
    {
        await _joining.WaitAsync(cancellationToken);
        try
        {
            if (_process is not null)
            {
                return _process;
            }

            var process = new ClaimingProcess(_database.FileName, _database.TablePrefix);
            try
            {
                await process.BuryDeadAsync(leases => _database.WriteAsync(session => _claim.Reclaim(session, leases, Now()), cancellationToken));
            }
            catch
            {
                process.Dispose();
                throw;
            }

            return _process = process;
        }
        finally
        {
            _joining.Release();
        }
    }

    private bool IsAnythingDue(SqliteSession session, long now)
    {
        using var select = session.Use(_sql.IsAnythingDue).Bind(now);
        return select.Step();
    }

    private long? NextDue(SqliteSession session, long after)
    {
        using var select = session.Use(_sql.NextDue).Bind(after);
        return select.Step() ? select.IntegerOrNull(0) : null;
    }

    private long Now() => _time.GetUtcNow().ToMicroseconds();
}
