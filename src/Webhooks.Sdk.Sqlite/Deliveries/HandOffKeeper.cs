using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// Gives back to the queue what the worker did not take out of the hand-off in time: its lanes are full, or it has stopped. Its timer runs only
/// while there is something to look after.
/// </summary>
internal sealed class HandOffKeeper : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly HandOff _handOff;
    private readonly SqliteDatabase _database;
    private readonly SqliteRecord _record;
    private readonly Action _released;
    private readonly ITimer _timer;
    private int _isWatching;

    /// <param name="handOff">What it looks after.</param>
    /// <param name="database">Where it gives it back.</param>
    /// <param name="record">How.</param>
    /// <param name="released">Called when something is claimable again.</param>
    /// <param name="time">The clock.</param>
    public HandOffKeeper(HandOff handOff, SqliteDatabase database, SqliteRecord record, Action released, TimeProvider time)
    {
        (_handOff, _database, _record, _released) = (handOff, database, record, released);
        _timer = time.CreateTimer(static keeper => _ = ((HandOffKeeper)keeper!).LookAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something is in the hand-off: from now on it is looked after.</summary>
    public void Watch()
    {
        if (Volatile.Read(ref _isWatching) == 0 && Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            Arm();
        }
    }

    public async ValueTask ReleaseAsync(IReadOnlyList<HandedDelivery> deliveries)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        try
        {
            await _database.WriteAsync(session => _record.Release(session, deliveries), CancellationToken.None);
        }
        catch (Exception e) when (e is WebhookException or ObjectDisposedException)
        {
            return; // they come back when their lease ends; the next claim says what is wrong
        }

        _released();
    }

    public void Dispose() => _timer.Dispose();

    private async Task LookAsync()
    {
        await ReleaseAsync(_handOff.TakeStale());
        if (!_handOff.IsEmpty)
        {
            Arm();
            return;
        }

        Volatile.Write(ref _isWatching, 0);
        if (!_handOff.IsEmpty)
        {
            Watch(); // something came in between
        }
    }

    private void Arm()
    {
        var pause = _handOff.LongestStay / 4;
        _timer.Change(pause < LongestPause ? pause : LongestPause, Timeout.InfiniteTimeSpan);
    }
}
