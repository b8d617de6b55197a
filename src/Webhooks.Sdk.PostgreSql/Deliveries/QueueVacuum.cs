using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// Sweeps the queue's table after so many deliveries have left it. Autovacuum looks once a minute; at full rate a million dead entries lie at the
/// head of the indexes by then, and every claim steps over them. It skips what somebody else sweeps, and a table that is not this role's.
/// </summary>
internal sealed class QueueVacuum(Database database, ILogger logger)
{
    // About 50 ms of work, so a microsecond for each delivery.
    private const int After = 50_000;

    private readonly string _sql = $"VACUUM (INDEX_CLEANUP ON, TRUNCATE OFF, PROCESS_TOAST OFF, SKIP_LOCKED) {database.Schema}.deliveries";
    private int _gone;
    private int _isRunning;

    public void Removed(int count)
    {
        if (Interlocked.Add(ref _gone, count) >= After && Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            _ = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        Volatile.Write(ref _gone, 0);
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand(_sql, connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e)
        {
            logger.QueueNotSwept(e); // autovacuum will
        }

        Volatile.Write(ref _isRunning, 0);
    }
}
