using Microsoft.Extensions.Logging;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Subscriptions;

/// <summary>
/// Keeps the cache in step with the table: reads everything once, then what has changed since. One reading is under way at a time; who asks
/// while it runs gets another one after it.
/// </summary>
internal sealed class SubscriptionSync(Database database, SubscriptionSql sql, SubscriptionCache cache, ILogger logger) : IDisposable
{
    // Removals are remembered for a day; a node that was stopped for longer than this reads everything.
    private static readonly TimeSpan TrustChanges = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _one = new(1);
    private long _seen = -1;
    private long _readAt;
    private int _asked;

    public bool IsLoaded => Volatile.Read(ref _seen) >= 0;

    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        if (!IsLoaded)
        {
            await OneAtATimeAsync(onlyFirst: true, cancellationToken);
        }
    }

    /// <summary>Reads what has changed; when it returns, the cache is as new as this call.</summary>
    public ValueTask ReadNowAsync(CancellationToken cancellationToken) => OneAtATimeAsync(onlyFirst: false, cancellationToken);

    /// <summary>Something has changed, or may have.</summary>
    public void Look()
    {
        if (IsLoaded && Interlocked.Increment(ref _asked) == 1)
        {
            _ = Task.Run(LookAsync, CancellationToken.None);
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task LookAsync()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _asked);
            try
            {
                await ReadNowAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                logger.SubscriptionsNotRead(e); // the listener, deaf or anew, asks again
            }
        }
        while (Interlocked.CompareExchange(ref _asked, 0, seen) != seen);
    }

    private async ValueTask OneAtATimeAsync(bool onlyFirst, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!onlyFirst || !IsLoaded)
            {
                await ReadAsync(cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        var readAt = database.Time.GetTimestamp();
        var everything = _seen < 0 || database.Time.GetElapsedTime(_readAt, readAt) > TrustChanges;
        var after = everything ? -1 : _seen;

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(sql.ReadChanges).With(after);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var rows = new List<SubscriptionRow.NumberedSubscription>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(SubscriptionRow.Read(reader));
        }

        // Numbers become visible in their order, so the highest one that was read stands for all below it.
        var seen = rows.Count == 0 ? Math.Max(after, 0) : rows[^1].Change;
        foreach (var row in rows)
        {
            cache.Apply(row.Id, row.Subscription, row.Change);
        }

        if (everything)
        {
            cache.Keep([.. rows.Where(r => r.Subscription is not null).Select(r => r.Id)], seen);
        }

        _readAt = readAt;
        Volatile.Write(ref _seen, seen);
    }
}
