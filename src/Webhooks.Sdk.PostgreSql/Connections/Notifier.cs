using Microsoft.Extensions.Logging;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Connections;

/// <summary>
/// Tells the other nodes that something has become claimable: outside the publishing transaction, because commits with a NOTIFY wait for each
/// other, and at most once in a few milliseconds, however much is published.
/// </summary>
internal sealed class Notifier(Database database, ILogger logger)
{
    // When the server was restarted every connection of the pool is broken, and each says so once.
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private const int Idle = 0;
    private const int Sending = 1;
    private const int Again = 2;

    private int _state;

    public void Announce()
    {
        if (Interlocked.CompareExchange(ref _state, Again, Sending) == Idle && Interlocked.CompareExchange(ref _state, Sending, Idle) == Idle)
        {
            _ = Task.Run(SendAsync);
        }
    }

    private async Task SendAsync()
    {
        do
        {
            Volatile.Write(ref _state, Sending);
            for (var attempt = 1; attempt <= Attempts && !await TrySendAsync(); attempt++)
            {
                await Task.Delay(Pause, database.Time);
            }

            await Task.Delay(Pause, database.Time);
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Sending) != Sending);
    }

    // True when there is nothing more to try; a hint that is not heard is made up for by the poll.
    private async ValueTask<bool> TrySendAsync()
    {
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await using var batch = connection.CreateBatch();
            batch.Add("SELECT pg_notify($1, $2)").With(Listener.ChannelOf(database.Schema)).With(Listener.DeliveriesHint + database.Node);
            await database.ExecuteAsync(batch, CancellationToken.None);
            return true;
        }
        catch (Exception e)
        {
            logger.NotifyFailed(e);
            return !ConnectionFailure.Is(e);
        }
    }
}
