using System.CommandLine;
using Webhooks.Sdk.Throughput.Experiments;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>What a host costs that has worked and has nothing to do now.</summary>
internal static class IdleCommand
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long to look.", DefaultValueFactory = _ => Length.TotalSeconds };
        return Run.Command(
            "idle",
            "The processor time of a host that has nothing to deliver, with each store, in per cent of one core.",
            async (run, parsed) =>
            {
                await using var idle = await IdleCost.StartAsync(run.Report, run.Cluster, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
                await idle.MeasureAsync(run.Report);
            },
            seconds);
    }
}
