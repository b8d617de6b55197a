namespace Webhooks.Sdk.FaultBench.Stores;

/// <summary>A database file in a directory of its own.</summary>
internal sealed class SqliteFile : IThrowAwayStore
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webhooks-faults-");

    public StoreChoice Choice => new(StoreKind.Sqlite, $"Data Source={Path.Combine(_directory.FullName, "webhooks.db")}");

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
