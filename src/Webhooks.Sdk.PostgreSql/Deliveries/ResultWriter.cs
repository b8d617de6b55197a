using System.Runtime.InteropServices;
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

    // Both statements are one transaction.
    private async ValueTask<RecordedBatch> WriteAsync(NpgsqlConnection connection, IReadOnlyList<DeliveryRecord> records, CancellationToken cancellationToken)
    {
        List<DeliveryRecord> plain = new(records.Count), rest = [], lost = [];
        for (var i = 0; i < records.Count; i++)
        {
            (RecordColumns.IsPlain(records[i]) ? plain : rest).Add(records[i]);
        }

        var fifo = false;
        await using (var batch = connection.CreateBatch())
        {
            // In the order of the index: so they are looked up, locked, and answered.
            var ids = RecordColumns.IdsOf(plain);
            ids.AsSpan().Sort(CollectionsMarshal.AsSpan(plain));
            batch.Add(sql.ListsOnly);
            if (plain.Count > 0)
            {
                batch.Add(sql.RecordDelivered).WithDelivered(plain, ids);
            }

            if (rest.Count > 0)
            {
                batch.Add(sql.Record).With(rest);
            }

            await using var reader = await database.ReadAsync(batch, cancellationToken);
            if (plain.Count > 0)
            {
                await reader.NextResultAsync(cancellationToken);
                fifo |= await ReadDeliveredAsync(reader, plain, ids, lost, cancellationToken);
            }

            if (rest.Count > 0)
            {
                await reader.NextResultAsync(cancellationToken);
                fifo |= await ReadAppliedAsync(reader, rest, lost, cancellationToken);
            }

            await reader.NextResultAsync(cancellationToken); // the commit
        }

        if (lost.Any(r => r.Result is not null))
        {
            await using var batch = connection.CreateBatch();
            batch.Add(sql.LogLost).With(lost);
            await database.ExecuteAsync(batch, cancellationToken);
        }

        return new([.. lost.Select(r => r.Delivery)], fifo);
    }

    // The ids come back in the order in which they were given, unless one is missing.
    private static async ValueTask<bool> ReadDeliveredAsync(
        NpgsqlDataReader reader, List<DeliveryRecord> records, Guid[] ids, List<DeliveryRecord> lost, CancellationToken cancellationToken)
    {
        var (next, fifo) = (0, false);
        HashSet<Guid>? held = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            fifo |= reader.GetBoolean(1);
            if (held is null && next < ids.Length && ids[next] == id)
            {
                next++;
            }
            else
            {
                (held ??= [.. ids.AsSpan(0, next)]).Add(id);
            }
        }

        for (var i = held is null ? next : 0; i < ids.Length; i++)
        {
            if (held?.Contains(ids[i]) != true)
            {
                lost.Add(records[i]);
            }
        }

        return fifo;
    }

    private static async ValueTask<bool> ReadAppliedAsync(
        NpgsqlDataReader reader, List<DeliveryRecord> records, List<DeliveryRecord> lost, CancellationToken cancellationToken)
    {
        var (isHeld, fifo) = (new bool[records.Count], false);
        while (await reader.ReadAsync(cancellationToken))
        {
            isHeld[reader.GetInt64(0) - 1] = true;
            fifo |= reader.GetBoolean(1);
        }

        lost.AddRange(records.Where((_, i) => !isHeld[i]));
        return fifo;
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
