using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Summaries;

/// <summary>
/// Keeps attempts counted, some thousands at a time, beside those who record them: a chart reads some hundred rows however many attempts there
/// were. Nodes take turns. What goes wrong here costs a chart some milliseconds, nothing else, so it is logged and tried again with the next ones.
/// </summary>
internal sealed class PostgreSqlAttemptSummaries(Database database, PostgreSqlAttemptSummarySql sql, ILogger logger)
{
    private const int Every = 2000;

    private int _recorded;
    private Task _rollingUp = Task.CompletedTask;

    /// <summary>Says that attempts were recorded, and counts them when it is time. Nobody waits for it.</summary>
    public void Recorded(int attempts)
    {
        if (Interlocked.Add(ref _recorded, attempts) >= Every && _rollingUp.IsCompleted)
        {
            Interlocked.Exchange(ref _recorded, 0);
            _rollingUp = RollUpAsync();
        }
    }

    /// <summary>One step, which may be to leave it to another node.</summary>
    public async Task RollUpAsync()
    {
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await using var batch = connection.CreateBatch();
            batch.Add(sql.IndexesOnly);
            batch.Add(sql.RollUp);
            await database.ExecuteAsync(batch, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException or InvalidOperationException)
        {
            logger.AttemptsNotCounted(e);
        }
    }

    public async ValueTask PurgeAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(sql.Purge).With(DelayMicroseconds.ToMicroseconds(age));
        await database.ExecuteAsync(batch, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<AttemptSummary>> ReadAsync(AttemptSummaryQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(sql.IndexesOnly);
        var command = batch.Add(sql.Read).With(query.UnitsPerStep).With(query.FirstStep * query.UnitsPerStep);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = query.SubscriptionIds?.ToArray() ?? (object)DBNull.Value });
        command.With(query.TenantId);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var summaries = new List<AttemptSummary>();
        var places = new long[DurationHistogram.Bounds.Count + 1];
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < places.Length; i++)
            {
                places[i] = reader.GetInt64(5 + i);
            }

            summaries.Add(new AttemptSummary
            {
                TenantId = reader.GetString(0),
                SubscriptionId = reader.GetString(1),
                Start = query.StartOf(reader.GetInt64(2)),
                Delivered = reader.GetInt64(3),
                Failed = reader.GetInt64(4),
                Durations = new DurationHistogram(places),
            });
        }

        return summaries;
    }
}
