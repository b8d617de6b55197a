using System.Data.Common;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Sqlite.Files;
using Webhooks.Sdk.Sqlite.Summaries;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// Events and deliveries in a SQLite file. Here stands which part runs in which kind of transaction and who is woken; the parts are beside it, and
/// all their SQL is in <see cref="SqliteDeliverySql"/> and <see cref="SqliteDeliveryLogSql"/>. SQLite has no clock of its own worth the name, and all processes
/// that share a file share a machine: the time is the host's <see cref="TimeProvider"/>.
/// </summary>
internal sealed class SqliteDeliveryStore : IWebhookDeliveryStore, IAsyncDisposable, IDisposable
{
    // One transaction of a thousand rows takes some milliseconds: what moves more gives way to others in between.
    private const int Batch = 1000;

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;
    private readonly SqliteDeliverySql _sql;
    private readonly EventRows _events;
    private readonly SqliteEnqueue _enqueue;
    private readonly SqliteClaims _claims;
    private readonly HandOff _handOff;
    private readonly HandOffKeeper _keeper;
    private readonly SqliteRecord _record;
    private readonly SqliteGiveUp _giveUp;
    private readonly SqliteSendAgain _sendAgain;
    private readonly SqliteDeliveryLog _log;
    private readonly SqlitePurge _purge;
    private readonly SqliteAttemptSummaries _summaries;

    public SqliteDeliveryStore(SqliteDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
        _sql = new SqliteDeliverySql(database.TablePrefix);
        _events = new EventRows(_sql);
        _enqueue = new SqliteEnqueue(_sql);
        _record = new SqliteRecord(_sql);
        _handOff = new HandOff(time);
        _claims = new SqliteClaims(database, _sql, new SqliteClaim(_sql, _events), _handOff, time);
        _keeper = new HandOffKeeper(_handOff, database, _record, _claims.QueueHasNews, time);
        _giveUp = new SqliteGiveUp(_sql);
        var finder = new DeliveryFinder(_sql);
        _sendAgain = new SqliteSendAgain(_sql, _enqueue, finder);
        _log = new SqliteDeliveryLog(new SqliteDeliveryLogSql(database.TablePrefix), finder);
        _purge = new SqlitePurge(_sql, database);
        _summaries = new SqliteAttemptSummaries(new SqliteAttemptSummarySql(database.TablePrefix));
    }

    public async ValueTask<IReadOnlyList<bool>> EnqueueAsync(IReadOnlyList<EventTargets> batch, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        if (transaction is not null)
        {
            // Nobody is woken: only the host knows when it commits. The worker's poll finds it.
            return _database.WriteIn(transaction, session => _enqueue.Run(session, batch, byHand: null, Now()));
        }

        var byHand = _handOff.HasWorker && _claims.Process is { } process ? new HandingOver(_handOff, _sql, process, _time) : null;
        bool[] isNew;
        try
        {
            isNew = await _database.WriteAsync(session => _enqueue.Run(session, batch, byHand, Now()), cancellationToken);
        }
        catch
        {
            byHand?.GiveUp();
            throw;
        }

        await TellWorkerAsync(byHand);
        return isNew;
    }

    public ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        _claims.ClaimAsync(request, cancellationToken);

    public async ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _handOff.WorkerWaits();
        try
        {
            await _claims.WaitAsync(timeout, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await LeaveAsync();
            throw;
        }
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
            _claims.QueueHasNews();
        }

        return recorded.Lost;
    }

    public async ValueTask LogAsync(DeliveryAttemptRecord attempt, CancellationToken cancellationToken) =>
        await _database.WriteAsync(session => _record.Log(session, attempt), cancellationToken);

    public async ValueTask<int> FailPendingAsync(string subscriptionId, FailureReason reason, CancellationToken cancellationToken)
    {
        // What waits for the worker looks leased, and nobody is attempting it.
        await _keeper.ReleaseAsync(_handOff.TakeAll(subscriptionId));
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
        _claims.QueueHasNews();
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

        _claims.QueueHasNews();
        return all;
    }

    public ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        new(_database.Read(session => _log.List(session, query, _handOff, Now())));

    public ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        new(_database.Read(session => _log.ListAttempts(session, query)));

    public ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken) =>
        new(_database.Read(session => _events.Find(session, eventId)));

    public ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken) =>
        new(_database.Read(session => _log.Backlog(session, _handOff, Now())));

    public ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken) =>
        new(_database.Read(session => _summaries.Read(session, query)));

    public async ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var before = (_time.GetUtcNow() - age).ToMicroseconds();
        var purged = await _purge.RunAsync(before, cancellationToken);
        await _database.WriteAsync(session => _summaries.Purge(session, before), cancellationToken);
        return purged;
    }

    /// <summary>Gives back what the worker did not take. Without this the next start does so, or the end of their leases.</summary>
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        Dispose();
    }

    public void Dispose()
    {
        _handOff.WorkerLeaves();
        _keeper.Dispose();
        _claims.Dispose();
    }

    private async ValueTask TellWorkerAsync(HandingOver? byHand)
    {
        if (byHand is { Handed.Count: > 0 })
        {
            _handOff.Add(byHand.Handed);
            _keeper.Watch();
            _claims.HandOffHasNews();
            if (!_handOff.HasWorker)
            {
                await _keeper.ReleaseAsync(_handOff.TakeAll()); // it left while they were stored
            }
        }

        if (byHand is null or { HasQueued: true })
        {
            _claims.QueueHasNews();
        }
    }

    private ValueTask LeaveAsync()
    {
        _handOff.WorkerLeaves();
        return _keeper.ReleaseAsync(_handOff.TakeAll());
    }

    private long Now() => _time.GetUtcNow().ToMicroseconds();
}
