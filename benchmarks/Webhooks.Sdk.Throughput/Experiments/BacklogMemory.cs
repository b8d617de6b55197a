using System.Diagnostics;
using System.Runtime;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Stores;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>The memory that a million waiting deliveries take in memory: each event is one body that its deliveries share.</summary>
internal static class BacklogMemory
{
    private const int Subscriptions = 1000;
    private const int Events = 1000;

    public static async Task RunAsync(Report report)
    {
        await using var node = await Node.StartPublisherAsync(new MemoryStore());
        for (var i = 0; i < Subscriptions; i++)
        {
            await node.SubscribeAsync(new Uri("https://example.com/hooks"));
        }

        var before = SettledBytes();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Events; i++)
        {
            await node.Publisher.PublishAsync(new() { Type = Review.Type, Data = EventData.From(Review.Sample, ReviewJson.Default.Review) });
        }

        var taken = Stopwatch.GetElapsedTime(started);
        var bytes = SettledBytes() - before;
        var pending = (await node.Deliveries.GetBacklogAsync(CancellationToken.None)).Pending;
        report.Add("backlog.memory_deliveries", pending);
        report.Add("backlog.memory_enqueued_per_second", pending / taken.TotalSeconds);
        report.Add("backlog.memory_mb", bytes / 1e6);
        report.Add("backlog.memory_bytes_per_delivery", (double)bytes / pending);
    }

    public static long SettledBytes()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
