using Webhooks.Sdk.ThrowAwayPostgres;

namespace Webhooks.Sdk.FaultBench.Stores;

/// <summary>Makes a fresh store for each scenario of one run; a PostgreSQL server is started once and shared by them.</summary>
internal sealed class StoreSource(StoreKind kind, string? connection) : IAsyncDisposable
{
    private PostgresCluster? _cluster;

    public StoreKind Kind => kind;

    public async Task<IThrowAwayStore> CreateAsync(CancellationToken cancel) => kind switch
    {
        StoreKind.Memory => new NoStore(),
        StoreKind.Sqlite => new SqliteFile(),
        _ => await PostgreSqlDatabase.CreateAsync(connection ?? (_cluster ??= await PostgresCluster.StartAsync(cancel: cancel)).ConnectionString, cancel),
    };

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
