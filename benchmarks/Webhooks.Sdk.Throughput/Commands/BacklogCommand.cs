using System.CommandLine;
using Webhooks.Sdk.Throughput.Experiments;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>A million deliveries that wait.</summary>
internal static class BacklogCommand
{
    public static Command Create() => Run.Command(
        "backlog",
        "A million waiting deliveries: the memory they take, and how long a claim takes among them.",
        async (run, _) =>
        {
            await BacklogMemory.RunAsync(run.Report);
            if (run.Cluster is { } cluster)
            {
                await BacklogInDatabase.RunAsync(run.Report, cluster);
            }
        });
}
