using System.CommandLine;
using Webhooks.Sdk.Throughput.Experiments;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>The short measurement: under three minutes, the ratios last.</summary>
internal static class CompareCommand
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan FloorLength = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan IdleLength = TimeSpan.FromSeconds(5);
    private const int FloorRounds = 13;
    private const int DeadEndpointRounds = 11;
    private const int AfterAMillionDeliveries = 10_000;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each variant is measured.", DefaultValueFactory = _ => 11 };
        return Run.Command(
            "compare",
            "Measures everything that has a target, in turns, in under three minutes, and prints the ratios last.",
            (run, parsed) => RunAsync(run, parsed.GetValue(rounds)),
            rounds);
    }

    private static async Task RunAsync(Run run, int rounds)
    {
        var (report, receiver, cluster) = run;
        await using var idle = await IdleCost.StartAsync(report, cluster, IdleLength);
        await BacklogMemory.RunAsync(report);
        await CompareAsync(run, Catalogue.Short(cluster), rounds, Length);
        report.Progress("a dead endpoint");
        await DeadEndpoint.RunAsync(report, receiver, DeadEndpointRounds);
        if (cluster is not null)
        {
            report.Progress("the floor of enqueueing");
            await EnqueueFloor.RunAsync(report, cluster, FloorRounds, FloorLength);
            report.Progress("single publications");
            await SinglePublish.RunAsync(report, cluster, FloorRounds, FloorLength);
            report.Progress("a million deliveries");
            await AfterAMillion.RunAsync(report, cluster, receiver, 3, AfterAMillionDeliveries);
        }

        await idle.MeasureAsync(report);
    }

    public static async Task CompareAsync(Run run, IReadOnlyList<IVariant> variants, int rounds, TimeSpan length)
    {
        foreach (var variant in variants)
        {
            await variant.StartAsync(run.Receiver);
        }

        await new Comparison(run.Receiver, variants).RunAsync(rounds, length, run.Report);
        foreach (var variant in variants)
        {
            await variant.DisposeAsync();
        }
    }
}
