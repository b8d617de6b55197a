using System.Diagnostics;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Stores;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>Round after round on one store; every line is what the last one saw.</summary>
internal static class Soak
{
    private const int WarmUpDeliveries = 20_000;
    private const int SecondsOfWork = 10;

    public static async Task RunAsync(Report report, ReceiverProcess receiver, Store store, TimeSpan length)
    {
        await using var variant = new EngineVariant(store, Shape.Batch);
        await variant.StartAsync(receiver);
        var first = (await Round.RunAsync(variant, receiver, WarmUpDeliveries)).DeliveriesPerSecond;
        var (started, delivered, rates) = (Stopwatch.GetTimestamp(), 0L, new List<double>());
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            var deliveries = (int)(first * SecondsOfWork);
            var sample = await Round.RunAsync(variant, receiver, deliveries);
            delivered += deliveries;
            rates.Add(sample.DeliveriesPerSecond);
            using var self = Process.GetCurrentProcess();
            report.Note($"{Stopwatch.GetElapsedTime(started):mm\\:ss} {delivered} delivered, {sample.DeliveriesPerSecond:0}/s, heap {BacklogMemory.SettledBytes() / 1e6:0} MB, "
                + $"process {self.WorkingSet64 / 1e6:0} MB{await store.SizesAsync()}");
        }

        report.Add($"soak.{store.Name}_deliveries", delivered);
        report.Add($"soak.{store.Name}_deliveries_per_second", [.. rates]);
        report.Ratio($"ratio.soak_{store.Name}_end_vs_start", [rates[^1] / rates[0]]);
    }
}
