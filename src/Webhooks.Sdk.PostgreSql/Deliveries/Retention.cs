using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Schema;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// Removes what is old: whole partitions, and rows only where that is cheap or cannot be helped. A partition of a small host is purged by row, so
/// ages are exact there; a large one goes when all of its day is old.
/// </summary>
internal sealed class Retention(Database database, RetentionSql sql, ILogger logger)
{
    private const int Batch = 10_000;
    private const long SmallBytes = 64 * 1024 * 1024;

    private readonly RetentionSql _sql = sql;
    private readonly ILogger _logger = logger;
    private readonly Partitions _partitions = new(database.Schema, database.Options.PartitionDaysAhead, logger);

    public async ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var purge = new PurgePass(this, connection, cancellationToken);
        var cutoff = await purge.CutoffAsync(age);
        var rows = await purge.RepeatAsync(_sql.DeleteFailed, cutoff);
        foreach (var partition in await _partitions.ListAsync(connection, cancellationToken))
        {
            rows += await purge.PartitionAsync(partition, cutoff);
        }

        await purge.ExecuteAsync(_sql.ForgetDeletedSubscriptions);
        await _partitions.MakeAheadAsync(connection, cancellationToken);
        return rows;
    }

    /// <summary>One run: its connection and its statements. They run once an hour, so they are not prepared.</summary>
    private sealed class PurgePass(Retention retention, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        private readonly RetentionSql _sql = retention._sql;

        public async ValueTask<DateTimeOffset> CutoffAsync(TimeSpan age)
        {
            await using var command = Command(_sql.Cutoff, DelayMicroseconds.ToMicroseconds(age));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return reader.GetFieldValue<DateTimeOffset>(0);
        }

        public async ValueTask<long> PartitionAsync(Partitions.Partition partition, DateTimeOffset cutoff)
        {
            var isEvents = partition.Table == Partitions.Events;
            var byRow = isEvents ? _sql.DeleteEvents(partition.Name) : _sql.DeleteAttempts(partition.Name);
            if (partition.End is not { } end)
            {
                return await RepeatAsync(byRow, cutoff);
            }

            if (end <= cutoff)
            {
                return isEvents && await IsPendingAsync(end) ? await RepeatAsync(byRow, cutoff) : await DropAsync(partition, end);
            }

            return end.AddDays(-1) < cutoff && await ReadAsync<long>(_sql.SizeOf(partition.Name)) < SmallBytes ? await RepeatAsync(byRow, cutoff) : 0;
        }

        public async ValueTask<long> RepeatAsync(string delete, DateTimeOffset cutoff)
        {
            var rows = 0L;
            int last;
            do
            {
                last = await ExecuteAsync(delete, cutoff, Batch);
                rows += last;
            }
            while (last == Batch);

            return rows;
        }

        public async ValueTask<int> ExecuteAsync(string text, params object[] parameters)
        {
            await using var command = Command(text, parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }

        private async ValueTask<long> DropAsync(Partitions.Partition partition, DateTimeOffset end)
        {
            try
            {
                var rows = await ReadAsync<long>(_sql.CountOf(partition.Name, exactly: await ReadAsync<long>(_sql.SizeOf(partition.Name)) < SmallBytes));
                if (partition.Table == Partitions.Events)
                {
                    await DeleteKeysAsync(partition);
                }

                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await ExecuteAsync(_sql.LockParent(partition.Table));
                if (partition.Table == Partitions.Events && await IsPendingAsync(end))
                {
                    return 0; // one was sent again just now
                }

                await ExecuteAsync(_sql.Drop(partition));
                await transaction.CommitAsync(cancellationToken);
                return rows;
            }
            catch (PostgresException e)
            {
                retention._logger.PartitionNotDropped(e, partition.Name);
                return 0;
            }
        }

        private async ValueTask DeleteKeysAsync(Partitions.Partition partition)
        {
            var text = _sql.DeleteKeys(partition.Name);
            for (var last = ""; last is not null;)
            {
                last = await ReadAsync<string?>(text, last, Batch);
            }
        }

        private ValueTask<bool> IsPendingAsync(DateTimeOffset end) => ReadAsync<bool>(_sql.IsPending, end.AddDays(-1), end);

        private async ValueTask<T> ReadAsync<T>(string text, params object[] parameters)
        {
            await using var command = Command(text, parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return reader.IsDBNull(0) ? default! : reader.GetFieldValue<T>(0);
        }

        private NpgsqlCommand Command(string text, params object[] parameters)
        {
            var command = new NpgsqlCommand(text, connection);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            }

            return command;
        }
    }
}
