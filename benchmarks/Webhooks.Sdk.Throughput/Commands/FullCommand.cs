using System.CommandLine;
using Webhooks.Sdk.Throughput.Experiments;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>Everything, with longer rounds.</summary>
internal static class FullCommand
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private const int DeadEndpointRounds = 25;
    private const int AfterAMillionDeliveries = 40_000;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each variant is measured.", DefaultValueFactory = _ => 5 };
        return Run.Command("full", "Everything: each store with each shape of work, backlogs, idle hosts. About fifteen minutes.", (run, parsed) => RunAsync(run, parsed.GetValue(rounds)), rounds);
    }

    private static async Task RunAsync(Run run, int rounds)
    {
        var (report, receiver, cluster) = run;
        await using var idle = await IdleCost.StartAsync(report, cluster, IdleCommand.Length);
        await BacklogMemory.RunAsync(report);
        await CompareCommand.CompareAsync(run, Catalogue.All(cluster), rounds, Length);
        report.Progress("a dead endpoint");
        await DeadEndpoint.RunAsync(report, receiver, DeadEndpointRounds);
        if (cluster is not null)
        {
            report.Progress("the floor of enqueueing");
            await EnqueueFloor.RunAsync(report, cluster, rounds, Length);
            report.Progress("single publications");
            await SinglePublish.RunAsync(report, cluster, rounds, Length);
            report.Progress("pgbench");
            await PgBench.RunAsync(report, cluster);
            report.Progress("a backlog in the database");
            await BacklogInDatabase.RunAsync(report, cluster);
            report.Progress("a million deliveries");
            await AfterAMillion.RunAsync(report, cluster, receiver, rounds, AfterAMillionDeliveries);
        }

        await idle.MeasureAsync(report);
    }
}
