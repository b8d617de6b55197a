using Microsoft.Extensions.Logging;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>Gives back to the queue what the worker did not take out of the hand-off in time: its lanes are full, or it has stopped.</summary>
internal sealed class HandOffKeeper(Database database, DeliverySql sql, HandOff handOff, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task? _running;
    private int _isStarted;

    /// <summary>Something is in the hand-off: from now on it is looked after.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _isStarted) == 0 && Interlocked.Exchange(ref _isStarted, 1) == 0)
        {
            _running = RunAsync();
        }
    }

    public async ValueTask<int> ReleaseAsync(IReadOnlyList<HandedDelivery> deliveries)
    {
        if (deliveries.Count == 0)
        {
            return 0;
        }

        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await using var batch = connection.CreateBatch();
            batch.Add(sql.ListsOnly);
            batch.Add(sql.Release).With([.. deliveries.Select(d => d.Claim.Id)]).With([.. deliveries.Select(d => d.Claim.LeaseToken)]);
            await database.ExecuteAsync(batch, CancellationToken.None);
            database.Notifier.Announce();
        }
        catch (Exception e)
        {
            logger.HandOffNotReleased(e, deliveries.Count);
        }

        return deliveries.Count;
    }

    /// <summary>Stops looking, without a farewell: what is there comes back when its lease ends.</summary>
    public void Stop() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await (_running ?? Task.CompletedTask);
        handOff.WorkerLeaves();
        await ReleaseAsync(handOff.TakeAll());
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var pause = handOff.LongestStay / 4;
            await Task.WhenAny(Task.Delay(pause < LongestPause ? pause : LongestPause, database.Time, _stop.Token));
            if (!_stop.IsCancellationRequested)
            {
                await ReleaseAsync(handOff.TakeStale());
            }
        }
    }
}
