using System.CommandLine;
using Webhooks.Sdk.Throughput.Experiments;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>Publishing alone, against bare PostgreSQL.</summary>
internal static class FloorCommand
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured.", DefaultValueFactory = _ => 5 };
        return Run.Command(
            "floor",
            "Publishing to PostgreSQL, a thousand at a time and one by one, against the same rows through bare Npgsql. Nobody delivers.",
            async (run, parsed) =>
            {
                if (run.Cluster is { } cluster)
                {
                    await EnqueueFloor.RunAsync(run.Report, cluster, parsed.GetValue(rounds), Length);
                    await SinglePublish.RunAsync(run.Report, cluster, parsed.GetValue(rounds), Length);
                }
            },
            rounds);
    }
}
