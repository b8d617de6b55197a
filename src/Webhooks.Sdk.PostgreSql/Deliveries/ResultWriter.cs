using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>Writes results: one statement for all of them, and a second one only for leases that were lost.</summary>
internal sealed class ResultWriter(Database database, DeliverySql sql, ILogger logger)
{
    private const int Attempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="Lost">The claims that were lost.</param>
    /// <param name="Fifo">A FIFO delivery moved: the one behind it may be claimable.</param>
    internal sealed record RecordedBatch(IReadOnlyList<ClaimedDelivery> Lost, bool Fifo);

    // A failed connection leaves open whether the results were stored. The log tells: each attempt has its line, with the time when it began.
    public async ValueTask<RecordedBatch> WriteAsync(IReadOnlyList<DeliveryRecord> records, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenAsync(cancellationToken);
                var left = attempt == 1 ? records : await WithoutRecordedAsync(connection, records, cancellationToken);
                return left.Count == 0 ? new([], Fifo: true) : await WriteAsync(connection, left, cancellationToken);
            }
            catch (Exception e) when (attempt < Attempts && ConnectionFailure.Is(e))
            {
                logger.RecordRetried(e, attempt);
                await Task.Delay(Pause * attempt, database.Time, cancellationToken);
            }
        }
    }

    private async ValueTask<RecordedBatch> WriteAsync(NpgsqlConnection connection, IReadOnlyList<DeliveryRecord> records, CancellationToken cancellationToken)
    {
        var (isHeld, fifo) = (new bool[records.Count], false);
        await using (var batch = connection.CreateBatch())
        {
            batch.Add(sql.IndexesOnly);
            batch.Add(sql.Record).With(records);
            await using var reader = await database.ReadAsync(batch, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                isHeld[reader.GetInt64(0) - 1] = true;
                fifo |= reader.GetBoolean(1);
            }

            await reader.NextResultAsync(cancellationToken); // the commit
        }

        List<DeliveryRecord> lost = [.. records.Where((_, i) => !isHeld[i])];
        if (lost.Any(r => r.Result is not null))
        {
            await using var batch = connection.CreateBatch();
            batch.Add(sql.LogLost).With(lost);
            await database.ExecuteAsync(batch, cancellationToken);
        }

        return new([.. lost.Select(r => r.Delivery)], fifo);
    }

    private async ValueTask<IReadOnlyList<DeliveryRecord>> WithoutRecordedAsync(
        NpgsqlConnection connection, IReadOnlyList<DeliveryRecord> records, CancellationToken cancellationToken)
    {
        List<DeliveryRecord> attempted = [.. records.Where(r => r.Result is not null)];
        await using var batch = connection.CreateBatch();
        batch.Add(sql.FindRecorded)
            .With([.. attempted.Select(r => r.Delivery.Id)])
            .With([.. attempted.Select(r => r.Result!.StartedAt.ToUniversalTime())]);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var recorded = new HashSet<DeliveryRecord>();
        while (await reader.ReadAsync(cancellationToken))
        {
            recorded.Add(attempted[(int)reader.GetInt64(0) - 1]);
        }

        return [.. records.Where(r => !recorded.Contains(r))];
    }
}
