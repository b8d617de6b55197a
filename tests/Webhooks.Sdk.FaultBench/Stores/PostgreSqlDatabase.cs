using Npgsql;

namespace Webhooks.Sdk.FaultBench.Stores;

/// <summary>A database of its own on a server.</summary>
internal sealed class PostgreSqlDatabase : IThrowAwayStore
{
    private readonly string _server;
    private readonly string _name;

    private PostgreSqlDatabase(string server, string name)
    {
        _server = server;
        _name = name;
    }

    public StoreChoice Choice => new(StoreKind.Postgres, new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString);

    public static async Task<PostgreSqlDatabase> CreateAsync(string server, CancellationToken cancel)
    {
        var database = new PostgreSqlDatabase(server, $"webhooks_faults_{Guid.NewGuid():n}");
        await database.RunAsync("create database", "", cancel);
        return database;
    }

    public async ValueTask<string?> DescribeAsync()
    {
        await using var source = NpgsqlDataSource.Create(_server);
        await using var command = source.CreateCommand("""
            SELECT string_agg(format('%s %s for %s: %s', state, wait_event, now() - state_change, left(regexp_replace(query, '\s+', ' ', 'g'), 120)), E'\n    ')
            FROM pg_stat_activity
            WHERE datname = $1 AND state <> 'idle'
            """);
        command.Parameters.AddWithValue(_name);
        return await command.ExecuteScalarAsync() as string;
    }

    public async ValueTask DisposeAsync() => await RunAsync("drop database", "with (force)", CancellationToken.None);

    private async Task RunAsync(string verb, string options, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        // The name is ours: letters, digits and underscores.
#pragma warning disable CA2100
        command.CommandText = $"{verb} {_name} {options}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancel);
    }
}
