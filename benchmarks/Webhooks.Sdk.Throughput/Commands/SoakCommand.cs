using System.CommandLine;
using Webhooks.Sdk.Sqlite;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Experiments;
using Webhooks.Sdk.Throughput.Stores;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>The same work for a long time: does anything grow that should not?</summary>
internal static class SoakCommand
{
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 10 };
        var store = new Option<string>("--store") { Description = "memory, sqlite or postgres.", DefaultValueFactory = _ => "postgres" };
        store.AcceptOnlyFromAmong("memory", "sqlite", "postgres");
        return Run.Command(
            "soak",
            "Delivers for a long time and prints the rate, the memory and the sizes of tables and indexes as time goes by.",
            async (run, parsed) =>
            {
                if (StoreOf(parsed.GetValue(store)!, run.Cluster) is { } soaked)
                {
                    await Soak.RunAsync(run.Report, run.Receiver, soaked, TimeSpan.FromMinutes(parsed.GetValue(minutes)));
                }
            },
            minutes,
            store);
    }

    private static Store? StoreOf(string name, PostgreSqlCluster? cluster) => name switch
    {
        "memory" => new MemoryStore(),
        "sqlite" => new SqliteStore(SqliteSynchronous.Full),
        _ => cluster is null ? null : new PostgreSqlStore(cluster),
    };
}
