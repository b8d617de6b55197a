using System.Data.Common;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Summaries;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>Events and deliveries in PostgreSQL. Each part of the work is one file beside this one; here is the order of things.</summary>
internal sealed class PostgreSqlDeliveryStore : IWebhookDeliveryStore, IAsyncDisposable, IDisposable
{
    // What was handed over in memory is no reason to ask the database each time, but it must not be forgotten for it either.
    private static readonly TimeSpan AskAtLeastEvery = TimeSpan.FromMilliseconds(100);

    // While the worker is fed from memory, news from the database is gathered for so long.
    private static readonly TimeSpan AskAtMostEvery = TimeSpan.FromMilliseconds(10);

    // The same while all that the database had was for endpoints that are fed from memory: a look at a long queue costs a millisecond.
    private static readonly TimeSpan AskInVainAtMostEvery = TimeSpan.FromMilliseconds(50);

    // When the host commits is not known; most do so right after publishing.
    private static readonly TimeSpan HostCommitsSoon = TimeSpan.FromMilliseconds(25);

    // Another node is claiming right now; its turn takes a few milliseconds.
    private static readonly TimeSpan FifoTurn = TimeSpan.FromMilliseconds(20);

    private const int FailAtOnce = 10_000;

    private readonly Database _database;
    private readonly ILogger _logger;
    private readonly DeliverySql _sql;
    private readonly WorkSignal _signal;
    private readonly HandOff _handOff;
    private readonly HandOffKeeper _keeper;
    private readonly EnqueueWriter _enqueue;
    private readonly QueueClaims _claims;
    private readonly ClaimedEvents _events;
    private readonly ResultWriter _results;
    private readonly DeliveryLog _log;
    private readonly SendAgain _recovery;
    private readonly Retention _retention;
    private readonly QueueVacuum _vacuum;
    private readonly PostgreSqlAttemptSummaries _summaries;
    private readonly SemaphoreSlim _oneClaim = new(1);
    private long _askedAt;
    private IReadOnlySet<string>? _inVain;

    public PostgreSqlDeliveryStore(Database database, ILogger<PostgreSqlDeliveryStore> logger)
    {
        var (schema, now) = (database.Schema, database.Options.Clock);
        _database = database;
        _logger = logger;
        _sql = new DeliverySql(schema, now);
        _signal = new WorkSignal(database.Time);
        _handOff = new HandOff(database.Options.HandOffCapacity, database.Time);
        _keeper = new HandOffKeeper(database, _sql, _handOff, logger);
        _enqueue = new EnqueueWriter(database, _sql, _handOff, AfterCommit, logger);
        _claims = new QueueClaims(database, _sql);
        _events = new ClaimedEvents(database, _sql, logger);
        _results = new ResultWriter(database, _sql, logger);
        _vacuum = new QueueVacuum(database, logger);
        _log = new DeliveryLog(database, new DeliveryLogSql(schema, now), _handOff);
        _recovery = new SendAgain(database, new SendAgainSql(schema, now));
        _retention = new Retention(database, new RetentionSql(schema, now), logger);
        _summaries = new PostgreSqlAttemptSummaries(database, new PostgreSqlAttemptSummarySql(schema, now), logger);
        database.Listener.OnDeliveries = () => _signal.Set(inDatabase: true);
    }

    public async ValueTask<IReadOnlyList<bool>> EnqueueAsync(IReadOnlyList<EventTargets> batch, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return [];
        }

        var call = new EnqueueCall(batch, cancellationToken);
        if (transaction is null)
        {
            return await _enqueue.WriteAsync(call);
        }

        await _database.ReadyAsync(cancellationToken);
        var stored = await HostTransaction.EnqueueAsync(transaction, call, _database, _sql, cancellationToken);
        _signal.DueIn(HostCommitsSoon);
        return stored;
    }

    public async ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        await _oneClaim.WaitAsync(cancellationToken);
        try
        {
            _handOff.WorkerClaims(request);
            var databaseHasNews = _signal.Reset();
            var handed = _handOff.Take(request);
            if (handed.Count == request.MaxCount
                || (handed.Count > 0 && _database.Time.GetElapsedTime(_askedAt) < (databaseHasNews ? AskAtMostEvery : AskAtLeastEvery)))
            {
                return handed;
            }

            // The endpoints that have work are as busy as they were a moment ago.
            var rest = RestOf(request, handed);
            var pause = handed.Count == 0 ? AskAtMostEvery : AskInVainAtMostEvery;
            if (_inVain is not null && _database.Time.GetElapsedTime(_askedAt) < pause && rest.ExcludedSubscriptions.IsSupersetOf(_inVain))
            {
                _signal.DueIn(pause);
                return handed;
            }

            return handed.Count == 0 ? await ClaimFromQueueAsync(request, cancellationToken) : await AddFromQueueAsync(handed, rest, cancellationToken);
        }
        finally
        {
            _oneClaim.Release();
        }
    }

    public async ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _handOff.WorkerWaits();
        try
        {
            await _signal.WaitAsync(timeout, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _handOff.WorkerLeaves();
            await _keeper.ReleaseAsync(_handOff.TakeAll());
            throw;
        }
    }

    public async ValueTask RenewAsync(IReadOnlyList<ClaimedDelivery> deliveries, TimeSpan lease, CancellationToken cancellationToken)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        await using var connection = await _database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(_sql.ListsOnly);
        batch.Add(_sql.Renew).With([.. deliveries.Select(d => d.Id)]).With([.. deliveries.Select(d => d.LeaseToken)]).With(DelayMicroseconds.ToMicroseconds(lease));
        await _database.ExecuteAsync(batch, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ClaimedDelivery>> RecordAsync(IReadOnlyList<DeliveryRecord> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return [];
        }

        var (lost, fifo) = await _results.WriteAsync(batch, cancellationToken);
        AfterRecord(batch, fifo);
        _vacuum.Removed(batch.Count);
        _summaries.Recorded(batch.Count);
        return lost;
    }

    public async ValueTask LogAsync(DeliveryAttemptRecord attempt, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(_sql.LogTest).With(attempt);
        await _database.ExecuteAsync(batch, cancellationToken);
    }

    public async ValueTask<int> FailPendingAsync(string subscriptionId, FailureReason reason, CancellationToken cancellationToken)
    {
        var handed = _handOff.TakeAll(subscriptionId);
        await using var connection = await _database.OpenAsync(cancellationToken);
        var total = 0;
        int count;
        do
        {
            // What this node's worker would have got by hand waits again first.
            await using var batch = connection.CreateBatch();
            batch.Add(_sql.ListsOnly);
            batch.Add(_sql.Release).With([.. handed.Select(h => h.Claim.Id)]).With([.. handed.Select(h => h.Claim.LeaseToken)]);
            batch.Add(_sql.IndexesOnly);
            batch.Add(_sql.PutBackEnded);
            batch.Add(_sql.FailPending).With(subscriptionId).With((short)reason).With(FailAtOnce);
            await using var reader = await _database.ReadAsync(batch, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            count = (int)reader.GetInt64(0);
            total += count;
            await reader.NextResultAsync(cancellationToken); // the commit
        }
        while (count >= FailAtOnce);

        return total;
    }

    public async ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        var outcome = await _recovery.ResendAsync(deliveryId, cancellationToken);
        Announce(outcome == ResendOutcome.Resent);
        return outcome;
    }

    public async ValueTask<int> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken)
    {
        var count = await _recovery.RecoverAsync(request, cancellationToken);
        Announce(count > 0);
        return count;
    }

    public ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) => _log.ListAsync(query, cancellationToken);

    public ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        _log.ListAttemptsAsync(query, cancellationToken);

    public ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken) => _log.FindEventAsync(eventId, cancellationToken);

    public ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken) => _log.GetBacklogAsync(cancellationToken);

    public ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken) =>
        _summaries.ReadAsync(query, cancellationToken);

    public async ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await _summaries.PurgeAsync(age, cancellationToken);
        return await _retention.PurgeAsync(age, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _database.Listener.OnDeliveries = null;
        await _keeper.DisposeAsync();
        _signal.Dispose();
        _oneClaim.Dispose();
    }

    public void Dispose()
    {
        _database.Listener.OnDeliveries = null;
        _keeper.Stop();
        _signal.Dispose();
        _oneClaim.Dispose();
    }

    private async ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimFromQueueAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        _askedAt = _database.Time.GetTimestamp();
        _signal.TakeDatabaseNews();
        await using var connection = await _database.OpenAsync(cancellationToken);
        var rows = await _claims.ClaimAsync(connection, request, cancellationToken);
        _handOff.QueueLeft(_claims.Behind, _claims.MoreThanSeen);
        _inVain = rows.Count == 0 && request.ExcludedSubscriptions.Count > 0 ? request.ExcludedSubscriptions : null;
        if (_claims.NextDueIn is { } next)
        {
            _signal.DueIn(next);
        }

        if (rows.Count > 0)
        {
            _signal.DueIn(request.Lease);
        }

        if (_claims.MissedFifoTurn)
        {
            _signal.DueIn(FifoTurn);
        }

        if (_claims.HasOthersToVisit && rows.Count < request.MaxCount)
        {
            _signal.Set(inDatabase: true); // others are waiting for their turn
        }

        return await _events.AddAsync(connection, rows, cancellationToken);
    }

    // What a subscription got by hand counts: it gets nothing from the queue this time.
    private static ClaimRequest RestOf(ClaimRequest request, List<ClaimedDelivery> handed)
    {
        if (handed.Count == 0)
        {
            return request;
        }

        var excluded = new HashSet<string>(request.ExcludedSubscriptions, StringComparer.Ordinal);
        foreach (var delivery in handed)
        {
            excluded.Add(delivery.SubscriptionId);
        }

        return request with { MaxCount = request.MaxCount - handed.Count, ExcludedSubscriptions = excluded };
    }

    private async ValueTask<IReadOnlyList<ClaimedDelivery>> AddFromQueueAsync(List<ClaimedDelivery> handed, ClaimRequest rest, CancellationToken cancellationToken)
    {
        try
        {
            return [.. handed, .. await ClaimFromQueueAsync(rest, cancellationToken)];
        }
        catch (Exception e) when (ConnectionFailure.Is(e) || e is OperationCanceledException)
        {
            _logger.QueueNotAsked(e);
            _signal.Set(inDatabase: true); // these are safe already; the next claim says what is wrong
            return handed;
        }
    }

    private void AfterCommit(EnqueueColumns columns, List<HandedDelivery> handed)
    {
        foreach (var delivery in handed)
        {
            _handOff.Add(delivery);
        }

        if (handed.Count > 0)
        {
            _keeper.Start();
            _signal.Set(inDatabase: false);
        }

        Announce(columns.HasQueued);
    }

    private void AfterRecord(IReadOnlyList<DeliveryRecord> records, bool fifo)
    {
        var isReleased = false;
        foreach (var record in records)
        {
            if (record.Transition is DeliveryTransition.Retry or DeliveryTransition.Released)
            {
                var delay = DelayMicroseconds.FromMicroseconds(RecordColumns.DelayOf(record.Transition));
                isReleased |= delay == TimeSpan.Zero;
                if (delay > TimeSpan.Zero)
                {
                    _signal.DueIn(delay);
                }
            }
        }

        if (fifo)
        {
            _signal.Set(inDatabase: true); // the one behind it
        }

        Announce(isReleased);
    }

    private void Announce(bool hasNews)
    {
        if (hasNews)
        {
            _signal.Set(inDatabase: true);
            _database.Notifier.Announce();
        }
    }
}
