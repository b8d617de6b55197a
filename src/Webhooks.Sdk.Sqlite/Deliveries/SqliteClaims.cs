using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Deliveries.InMemory;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// Where the worker's deliveries come from: by hand, and from the queue. A subscription has its older ones in one of the two at a time: while it has some
/// in the hand-off the queue gives none of it, and while it has due ones in the queue nothing new comes into the hand-off.
/// </summary>
internal sealed class SqliteClaims(SqliteDatabase database, SqliteDeliverySql sql, SqliteClaim claim, HandOff handOff, TimeProvider time) : IDisposable
{
    // What other processes have put into the queue meanwhile, or what has become due, waits no longer than this for somebody who is fed by hand.
    private static readonly TimeSpan AskAtLeastEvery = TimeSpan.FromMilliseconds(100);

    private readonly WakeUp _work = new(time);
    private readonly SemaphoreSlim _joining = new(1);
    private volatile ClaimingProcess? _process;
    private volatile bool _queueHasNews = true;
    private volatile bool _queueWasNotAsked;
    private volatile bool _filledByHand;
    private long _lastLook;

    /// <summary>This process among those that claim; null before its first claim.</summary>
    public ClaimingProcess? Process => _process;

    /// <summary>Something was handed over.</summary>
    public void HandOffHasNews() => _work.Set();

    /// <summary>Something in the queue has become claimable, or has a new time to wait for.</summary>
    public void QueueHasNews()
    {
        _queueHasNews = true;
        _work.Set();
    }

    public async ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var process = _process ?? await JoinAsync(cancellationToken);

        // First forget, then look: what comes in between is remembered.
        _work.Reset();
        handOff.WorkerClaims(request);

        // What comes by hand may fill a claim, but not two in a row.
        var queueFirst = _filledByHand;
        var handed = queueFirst ? [] : handOff.Take(request);
        _filledByHand = handed.Count == request.MaxCount;
        _queueWasNotAsked = _filledByHand || (handed.Count > 0 && !_queueHasNews && Now() - Volatile.Read(ref _lastLook) < AskAtLeastEvery.ToMicroseconds());
        if (_queueWasNotAsked)
        {
            return handed;
        }

        var queued = await AskQueueAsync(request, handed, process, cancellationToken);
        if (queueFirst && queued.Count < request.MaxCount)
        {
            handed = handOff.Take(request with { MaxCount = request.MaxCount - queued.Count });
            QueueHasNews(); // those who had some in the hand-off were not looked at
        }

        return handed.Count == 0 ? queued : queued.Count == 0 ? handed : [.. handed, .. queued];
    }

    public ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var wait = _queueWasNotAsked ? AskAtLeastEvery : UntilNextDue() ?? timeout;
        return _work.WaitAsync(wait < timeout ? wait : timeout, cancellationToken);
    }

    public void Dispose()
    {
        _work.Dispose();
        _joining.Dispose();
        _process?.Dispose();
    }

    private async ValueTask<IReadOnlyList<ClaimedDelivery>> AskQueueAsync(
        ClaimRequest request, List<ClaimedDelivery> handed, ClaimingProcess process, CancellationToken cancellationToken)
    {
        _queueHasNews = false;
        try
        {
            var now = Now();
            Volatile.Write(ref _lastLook, now);

            // An idle worker that polls never takes the write lock.
            if (!database.Read(session => IsAnythingDue(session, now)))
            {
                return [];
            }

            var rest = Rest(request, handed.Count);
            var byHand = handed.CountBy(d => d.SubscriptionId).ToDictionary(StringComparer.Ordinal);
            return await database.WriteAsync(session => claim.Run(session, rest, byHand, process.NextLease(), Now()), cancellationToken);
        }
        catch (Exception e) when (handed.Count > 0 && e is WebhookException or OperationCanceledException)
        {
            QueueHasNews(); // what came by hand is safe already; the next claim says what is wrong
            return [];
        }
    }

    private ClaimRequest Rest(ClaimRequest request, int handed)
    {
        var rest = request with { MaxCount = request.MaxCount - handed };
        var inHand = handOff.Subscriptions();
        if (inHand.Count > 0)
        {
            inHand.UnionWith(request.ExcludedSubscriptions);
            rest = rest with { ExcludedSubscriptions = inHand };
        }

        return rest;
    }

    private TimeSpan? UntilNextDue()
    {
        var next = database.Read(session =>
        {
            using var select = session.Use(sql.NextDue).Bind(Volatile.Read(ref _lastLook));
            return select.Step() ? select.IntegerOrNull(0) : null;
        });
        return next is { } due and < SqliteDeliverySql.Blocked ? Math.Max(0, due - Now()).ToDuration() : null;
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

            var process = new ClaimingProcess(database.FileName, database.TablePrefix);
            try
            {
                await process.BuryDeadAsync(leases => database.WriteAsync(session => claim.Reclaim(session, leases, Now()), cancellationToken));
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
        using var select = session.Use(sql.IsAnythingDue).Bind(now);
        return select.Step();
    }

    private long Now() => time.GetUtcNow().ToMicroseconds();
}
