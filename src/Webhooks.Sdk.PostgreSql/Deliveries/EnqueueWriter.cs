using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// Writes publications. One writer with one transaction under way; what is published meanwhile shares the next one, so a slow disk gets large
/// transactions and a fast one small ones. A second writer comes when so much waits that sharing gains no more. Nobody waits for company; but
/// whoever was just told of a commit may publish again first, because a transaction of all callers costs as much as one of half of them.
/// </summary>
internal sealed class EnqueueWriter(Database database, DeliverySql sql, HandOff handOff, Action<EnqueueColumns, List<HandedDelivery>> stored, ILogger logger)
{
    private const int MaxEvents = 500;
    private const int MaxDeliveries = 5000;
    private const long MaxBytes = 8 * 1024 * 1024;
    private const int Attempts = 4;

    // Two transactions of so many events cost hardly more than one of twice as many; of fewer they do.
    private const int SecondWriterAt = 128;

    // Whoever publishes an id twice will do so again; a refusal costs as much as storing.
    private const int CarefulGroups = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<EnqueueCall> _waiting = new();
    private int _writers;
    private int _waitingEvents;
    private int _careful;

    public Task<IReadOnlyList<bool>> WriteAsync(EnqueueCall call)
    {
        lock (_gate)
        {
            _waiting.Enqueue(call);
            _waitingEvents += call.Batch.Count;
            if (_writers == database.Options.EnqueueConnections || (_writers > 0 && _waitingEvents < SecondWriterAt))
            {
                return call.Stored.WaitAsync(call.CancellationToken);
            }

            _writers++;
        }

        _ = DrainAsync();
        return call.Stored.WaitAsync(call.CancellationToken);
    }

    private async Task DrainAsync()
    {
        while (NextGroup() is { Count: > 0 } group)
        {
            try
            {
                await StoreAsync(group);
            }
            catch (Exception e)
            {
                group.ForEach(c => c.Fail(e)); // nobody is left waiting, whatever went wrong
            }

            if (group.Count > 1)
            {
                await LetOthersRun();
            }
        }
    }

    // Behind the callers that were just released: they are in the thread pool's queue already.
    private static Task LetOthersRun()
    {
        var turn = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static t => t.SetResult(), turn, preferLocal: false);
        return turn.Task;
    }

    private List<EnqueueCall> NextGroup()
    {
        List<EnqueueCall> group = [];
        var (events, deliveries, bytes) = (0, 0, 0L);
        lock (_gate)
        {
            while (_waiting.TryPeek(out var call))
            {
                if (call.CancellationToken.IsCancellationRequested)
                {
                    Dequeue().Cancel();
                    continue;
                }

                (events, deliveries, bytes) = (events + call.Batch.Count, deliveries + call.DeliveryCount, bytes + call.Bytes);
                if (group.Count > 0 && (events > MaxEvents || deliveries > MaxDeliveries || bytes > MaxBytes))
                {
                    break;
                }

                group.Add(Dequeue());
            }

            _writers -= group.Count == 0 ? 1 : 0;
        }

        return group;
    }

    // Under the lock.
    private EnqueueCall Dequeue()
    {
        var call = _waiting.Dequeue();
        _waitingEvents -= call.Batch.Count;
        return call;
    }

    private async ValueTask StoreAsync(List<EnqueueCall> group)
    {
        if (Volatile.Read(ref _careful) > 0)
        {
            Interlocked.Decrement(ref _careful);
        }
        else if (await TryStoreNewAsync(group))
        {
            return;
        }

        await StoreCarefullyAsync(group, isRepeated: false);
    }

    // False when some of it is there already.
    private async ValueTask<bool> TryStoreNewAsync(List<EnqueueCall> group)
    {
        var columns = new EnqueueColumns(group, handOff, database.Time, mayRepeat: false);
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await using var batch = connection.CreateBatch();
            columns.AddNewTo(batch, sql);
            await database.ExecuteAsync(batch, CancellationToken.None);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected)
        {
            columns.HandedOf([], handOff);
            Volatile.Write(ref _careful, CarefulGroups);
            return false;
        }
        catch (Exception e)
        {
            columns.HandedOf([], handOff);
            await AfterFailureAsync(group, e);
            return true;
        }

        Complete(group, columns, newIds: null);
        return true;
    }

    private async ValueTask StoreCarefullyAsync(List<EnqueueCall> group, bool isRepeated)
    {
        var columns = new EnqueueColumns(group, handOff, database.Time, mayRepeat: true);
        HashSet<string> newIds;
        try
        {
            newIds = await StoreCarefullyAsync(columns, isRepeated);
        }
        catch (Exception e)
        {
            columns.HandedOf([], handOff);
            if (group.Count == 1 || ConnectionFailure.Is(e))
            {
                group.ForEach(c => c.Fail(e));
                return;
            }

            // One of them cannot be stored; the others shall not share its fate.
            foreach (var call in group)
            {
                await StoreCarefullyAsync([call], isRepeated);
            }

            return;
        }

        Complete(group, columns, newIds);
    }

    private async ValueTask AfterFailureAsync(List<EnqueueCall> group, Exception e)
    {
        var isConnection = ConnectionFailure.Is(e);
        if (isConnection)
        {
            logger.EnqueueRetried(e, 1);
            await Task.Delay(Pause, database.Time);
        }

        await StoreCarefullyAsync(group, isRepeated: isConnection);
    }

    private void Complete(List<EnqueueCall> group, EnqueueColumns columns, HashSet<string>? newIds)
    {
        stored(columns, columns.HandedOf(newIds, handOff));
        foreach (var call in group)
        {
            call.Complete(columns.StoredOf(call, newIds));
        }
    }

    // A failed connection leaves open whether the transaction was committed. Its keys tell: they carry the tokens of these very calls.
    private async ValueTask<HashSet<string>> StoreCarefullyAsync(EnqueueColumns columns, bool isRepeated)
    {
        for (var attempt = isRepeated ? 2 : 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenAsync(CancellationToken.None);
                var newIds = await ReadIdsAsync(connection, b => columns.AddTo(b, sql));
                if (attempt > 1)
                {
                    newIds.UnionWith(await ReadIdsAsync(connection, b => columns.AddOwnKeysTo(b, sql)));
                }

                return newIds;
            }
            catch (Exception e) when (attempt < Attempts && ConnectionFailure.Is(e))
            {
                logger.EnqueueRetried(e, attempt);
                await Task.Delay(Pause * attempt, database.Time);
            }
        }
    }

    private async ValueTask<HashSet<string>> ReadIdsAsync(NpgsqlConnection connection, Action<NpgsqlBatch> add)
    {
        await using var batch = connection.CreateBatch();
        add(batch);
        await using var reader = await database.ReadAsync(batch, CancellationToken.None);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetString(0));
        }

        await reader.NextResultAsync(); // the commit
        return ids;
    }
}
