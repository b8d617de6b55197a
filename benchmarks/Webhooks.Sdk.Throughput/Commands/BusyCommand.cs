using System.CommandLine;
using System.Globalization;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>Keeps variants busy for a profiler to watch.</summary>
internal static class BusyCommand
{
    private const int WarmUp = 30_000;

    public static Command Create()
    {
        var names = new Argument<string[]>("variant") { Description = "For example memory_batch.", DefaultValueFactory = _ => ["memory_batch"] };
        var rounds = new Option<int>("--rounds") { Description = "How many rounds.", DefaultValueFactory = _ => 5 };
        var count = new Option<int>("--deliveries") { Description = "Deliveries in a round.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("busy", "Keeps variants busy for a profiler to watch, and prints each round and its garbage collections.") { names, rounds, count };
        command.SetAction(async (parsed, _) =>
        {
            await using var receiver = await ReceiverProcess.StartAsync();
            var wanted = parsed.GetValue(names)!;
            await using var cluster = wanted.Any(n => n.StartsWith("postgres", StringComparison.Ordinal)) ? await PostgreSqlCluster.StartAsync() : null;
            var variants = wanted.Select(n => Catalogue.All(cluster).Single(v => v.Name == n)).ToList();
            foreach (var variant in variants)
            {
                await variant.StartAsync(receiver);
                await Round.RunAsync(variant, receiver, WarmUp);
                await Round.RunAsync(variant, receiver, WarmUp);
            }

            Console.WriteLine($"process {Environment.ProcessId}");
            for (var i = 0; i < parsed.GetValue(rounds); i++)
            {
                foreach (var variant in variants)
                {
                    Console.WriteLine(await RunAsync(variant, receiver, parsed.GetValue(count)));
                }
            }

            foreach (var variant in variants)
            {
                await variant.DisposeAsync();
            }
        });
        return command;
    }

    private static async Task<string> RunAsync(IVariant variant, ReceiverProcess receiver, int deliveries)
    {
        int[] collections = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
        var compiled = System.Runtime.JitInfo.GetCompiledMethodCount();
        var paused = GC.GetTotalPauseDuration();
        var sample = await Round.RunAsync(variant, receiver, deliveries);
        compiled = System.Runtime.JitInfo.GetCompiledMethodCount() - compiled;
        paused = GC.GetTotalPauseDuration() - paused;
        var collected = string.Join('/', collections.Select((count, generation) => GC.CollectionCount(generation) - count));
        return string.Create(CultureInfo.InvariantCulture,
            $"{variant.Name,-15} {sample.DeliveriesPerSecond,7:0}/s, client {sample.ClientCpu:0.0} us, receiver {sample.ReceiverCpu:0.0} us, server {sample.ServerCpu:0.0} us, {sample.AllocatedBytes:0} B, heap {sample.PeakHeapMegabytes:0} MB, collections {collected}, paused {paused.TotalMilliseconds:0} ms, {compiled} methods compiled");
    }
}
