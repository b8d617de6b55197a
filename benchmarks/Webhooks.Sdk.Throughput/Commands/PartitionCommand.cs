using System.CommandLine;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Experiments;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>Past one PostgreSQL: each tenant in one of two databases.</summary>
internal static class PartitionCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured.", DefaultValueFactory = _ => 5 };
        return Run.Command(
            "partition",
            "The same tenants on one PostgreSQL server and spread over two, a node for each, all on this machine.",
            async (run, parsed) =>
            {
                await using var second = await PostgreSqlCluster.StartAsync();
                if (run.Cluster is { } first && second is not null)
                {
                    await TwoServers.RunAsync(run.Report, run.Receiver, first, second, parsed.GetValue(rounds));
                }
            },
            rounds);
    }
}
