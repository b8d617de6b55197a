using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Schema;

/// <summary>The daily partitions of the two tables that grow: made ahead here, dropped by retention.</summary>
internal sealed class Partitions(string schema, int daysAhead, ILogger logger)
{
    public const string Events = "events";
    public const string Attempts = "attempts";

    private static readonly string[] Tables = [Events, Attempts];

    /// <summary>A partition and the days it holds; the default one holds any.</summary>
    internal sealed record Partition(string Table, string Name, DateTimeOffset? End);

    /// <summary>Makes what is missing from today on. A failure is logged: the default partition takes the rows.</summary>
    public async Task MakeAheadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var today = await TodayAsync(connection, cancellationToken);
        var known = (await ListAsync(connection, cancellationToken)).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            for (var day = today; day <= today.AddDays(daysAhead); day = day.AddDays(1))
            {
                var name = NameOf(table, day);
                if (known.Contains(name))
                {
                    continue;
                }

                try
                {
                    await MakeAsync(connection, table, name, day, cancellationToken);
                }
                catch (PostgresException e)
                {
                    logger.PartitionNotMade(e, name);
                    if (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
                    {
                        return; // it will not be different for the next one
                    }
                }
            }
        }
    }

    /// <summary>All partitions, oldest first.</summary>
    public async Task<List<Partition>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT parent.relname, child.relname
            FROM pg_inherits
            JOIN pg_class parent ON parent.oid = inhparent
            JOIN pg_class child ON child.oid = inhrelid
            WHERE parent.relnamespace = to_regnamespace($1) AND parent.relname = ANY ($2)
            ORDER BY child.relname
            """, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = schema });
        command.Parameters.Add(new NpgsqlParameter { Value = Tables });
        var partitions = new List<Partition>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (table, name) = (reader.GetString(0), reader.GetString(1));
            partitions.Add(new(table, name, EndOf(name, table)));
        }

        return partitions;
    }

    private static async Task<DateOnly> TodayAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT (now() AT TIME ZONE 'UTC')::date", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetFieldValue<DateOnly>(0);
    }

    // Attached rather than created as a partition: that takes no lock which would stop publications. The advisory lock is for the other nodes.
    private async Task MakeAsync(NpgsqlConnection connection, string table, string name, DateOnly day, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            $"""
            SET LOCAL lock_timeout = '5s';
            SELECT pg_advisory_xact_lock({AdvisoryKeys.Maintenance(schema).ToString(CultureInfo.InvariantCulture)});
            DO $partition$ BEGIN
            IF to_regclass('{schema}.{name}') IS NULL THEN
                CREATE TABLE {schema}.{name} (LIKE {schema}.{table} INCLUDING DEFAULTS);
                ALTER TABLE {schema}.{table} ATTACH PARTITION {schema}.{name}
                    FOR VALUES FROM ('{Text(day)} 00:00:00+00') TO ('{Text(day.AddDays(1))} 00:00:00+00');
            END IF;
            END $partition$;
            """, connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static string NameOf(string table, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{table}_{day:yyyyMMdd}");

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? EndOf(string name, string table) =>
        name.Length > table.Length
        && DateOnly.TryParseExact(name.AsSpan(table.Length + 1), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : null;
}
