using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Connections;

/// <summary>
/// Hears the other nodes' hints on one connection of its own, and makes it anew when it breaks. What is heard shortens polls and nothing else;
/// while nothing can be heard, whoever wants to know of subscriptions is sent to look once a second.
/// </summary>
internal sealed class Listener(Database database, ILogger logger) : IAsyncDisposable
{
    /// <summary>Something has become claimable.</summary>
    public const char DeliveriesHint = 'd';

    /// <summary>A subscription has changed.</summary>
    public const char SubscriptionsHint = 's';

    private static readonly TimeSpan LookWhileDeaf = TimeSpan.FromSeconds(1);

    // A connection whose other end has vanished without a word is noticed by asking.
    private static readonly TimeSpan AskAlive = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private bool _isStopped;

    /// <summary>Called for a hint of another node, and when hints may have been missed.</summary>
    public Action? OnDeliveries { get; set; }

    /// <summary>Called for a change by another node, and when changes may have been missed.</summary>
    public Action? OnSubscriptions { get; set; }

    public static string ChannelOf(string schema) => $"webhooks_{schema.Trim('"')}";

    public void Start()
    {
        if (!_isStopped)
        {
            _running = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    public void Stop()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            _stop.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (database.Options.Listen)
                {
                    await ListenAsync(stop);
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                logger.ListeningFailed(e);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or NpgsqlException)
            {
                return;
            }

            OnSubscriptions?.Invoke();
            await Task.WhenAny(Task.Delay(LookWhileDeaf, database.Time, stop));
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenRawAsync(stop);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await RunAsync(connection, $"LISTEN \"{ChannelOf(database.Schema)}\"", stop);
        OnDeliveries?.Invoke();
        OnSubscriptions?.Invoke();
        while (true)
        {
            if (!await connection.WaitAsync(AskAlive, stop))
            {
                await RunAsync(connection, "SELECT 1", stop);
            }
        }
    }

    private void Hear(string payload)
    {
        if (payload.Length < 2 || payload.AsSpan(1).SequenceEqual(database.Node))
        {
            return;
        }

        (payload[0] == SubscriptionsHint ? OnSubscriptions : OnDeliveries)?.Invoke();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
