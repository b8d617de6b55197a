using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Sqlite;

namespace Webhooks.Sdk.Throughput.Stores;

/// <summary>A file in a temporary directory.</summary>
internal sealed class SqliteStore(SqliteSynchronous synchronous) : Store
{
    private DirectoryInfo? _directory;

    public override string Name => synchronous == SqliteSynchronous.Full ? "sqlite" : "sqlite_normal";

    public override Task CreateAsync()
    {
        _directory = Directory.CreateTempSubdirectory("webhooks-bench-");
        return Task.CompletedTask;
    }

    public override void Use(WebhooksBuilder webhooks) =>
        webhooks.UseSqlite($"Data Source={Path.Combine(_directory!.FullName, "webhooks.db")}", o => o.Synchronous = synchronous);

    public override Task<string> SizesAsync() => Task.FromResult(string.Concat(_directory!.GetFiles().Select(f => $", {f.Name} {f.Length / 1e6:0} MB")));

    public override ValueTask DisposeAsync()
    {
        _directory?.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
