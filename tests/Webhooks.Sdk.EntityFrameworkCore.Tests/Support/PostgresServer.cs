using Npgsql;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;
using Webhooks.Sdk.ThrowAwayPostgres;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

/// <summary>One throw-away cluster for this assembly, started by the first test that asks for a database.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private PostgresCluster? _cluster;
    private int _databases;

    public async Task<string> NewDatabaseAsync()
    {
        var cluster = await StartAsync();
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _one.Dispose();
    }

    private async Task<PostgresCluster> StartAsync()
    {
        Assert.SkipWhen(PostgresCluster.WhyNot is not null, $"skipped: {PostgresCluster.WhyNot}");
        await _one.WaitAsync();
        try
        {
            return _cluster ??= await PostgresCluster.StartAsync(PostgresCluster.ForTests);
        }
        finally
        {
            _one.Release();
        }
    }
}
