using System.CommandLine;
using System.Diagnostics;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>What a host costs that has worked and has nothing to do now.</summary>
internal static class IdleCommand
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    private const int WarmUpDeliveries = 20_000;

    // After it the JIT, the thread pool and the garbage collector have come to rest.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var json = CommonOptions.Json();
        var seconds = new Option<double>("--seconds") { Description = "How long to look.", DefaultValueFactory = _ => Length.TotalSeconds };
        var command = new Command("idle", "The processor time of a host that has nothing to deliver, in per cent of one core.") { seconds, json };
        command.SetAction(async (parsed, _) =>
        {
            var report = new Report();
            await RunAsync(report, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            await report.SaveAsync(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    public static async Task RunAsync(Report report, TimeSpan length)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        await using var variant = new MemorySingle();
        await variant.StartAsync(receiver);
        await Round.RunAsync(variant, receiver, WarmUpDeliveries);
        await Task.Delay(Settle);

        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(length);
        report.Add("idle.cpu_percent_of_a_core", (Environment.CpuUsage.TotalTime - cpu) / Stopwatch.GetElapsedTime(started) * 100);
    }
}
