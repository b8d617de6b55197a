using System.Diagnostics;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>
/// One variant, one measurement: the rate is from the first publish call to the last 204. What it costs is counted until its results are
/// written down too, and the next variant begins after that.
/// </summary>
internal static class Round
{
    public static async Task<Sample> RunAsync(IVariant variant, ReceiverProcess receiver, int deliveries)
    {
        var publications = Math.Max(1, deliveries / variant.Fanout);
        deliveries = publications * variant.Fanout;
        var times = new PublishTimes(publications);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await receiver.ExpectAsync(deliveries);
        var receiverCpu = await receiver.CpuAsync();
        var server = await variant.ServerUseAsync();
        using var heap = new PeakHeap();

        var roundTrips = RoundTrips.Count;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        using var pace = new Pace(receiver, variant.Fanout);
        await variant.PublishAsync(publications, times, pace);
        var published = Stopwatch.GetElapsedTime(started);
        var taken = Stopwatch.GetElapsedTime(started, await receiver.WaitAsync());
        await variant.SettleAsync();
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        roundTrips = RoundTrips.Count - roundTrips;
        server = await variant.ServerUseAsync() - server;
        receiverCpu = await receiver.CpuAsync() - receiverCpu;

        return new Sample(
            deliveries / taken.TotalSeconds,
            pace.FreeRate ?? publications / published.TotalSeconds,
            times.Percentile(50),
            times.Percentile(99),
            cpu.TotalMicroseconds / deliveries,
            receiverCpu.TotalMicroseconds / deliveries,
            server.Cpu.TotalMicroseconds / deliveries,
            (double)allocated / deliveries,
            (double)roundTrips / deliveries,
            (double)server.WalBytes / deliveries,
            heap.Megabytes);
    }
}
