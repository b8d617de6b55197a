using System.CommandLine;
using System.Diagnostics;
using System.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>The memory of a million deliveries that wait: each event is one body that its deliveries share.</summary>
internal static class BacklogCommand
{
    public const int Subscriptions = 1000;
    public const int Events = 1000;

    public static Command Create()
    {
        var json = CommonOptions.Json();
        var subscriptions = new Option<int>("--subscriptions") { Description = "Subscriptions that get every event.", DefaultValueFactory = _ => Subscriptions };
        var events = new Option<int>("--events") { Description = "Events; with the subscriptions at most a million deliveries.", DefaultValueFactory = _ => Events };
        var command = new Command("backlog", "The memory that a million waiting deliveries take, after a garbage collection.") { subscriptions, events, json };
        command.SetAction(async (parsed, _) =>
        {
            var report = new Report();
            await RunAsync(report, parsed.GetValue(subscriptions), parsed.GetValue(events));
            await report.SaveAsync(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    public static async Task RunAsync(Report report, int subscriptions, int events)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWebhooks(w => w.ConfigureDispatch(o => o.Enabled = false));
        using var host = builder.Build();
        await host.StartAsync();
        var owner = host.Services.GetRequiredService<IWebhookSubscriptions>();
        for (var i = 0; i < subscriptions; i++)
        {
            await owner.CreateAsync(new NewSubscription { Url = "https://example.com/hooks" });
        }

        var publisher = host.Services.GetRequiredService<IWebhookPublisher>();
        var before = SettledBytes();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < events; i++)
        {
            await publisher.PublishAsync(Review.Type, EventData.From(Review.Sample, ReviewJson.Default.Review));
        }

        var taken = Stopwatch.GetElapsedTime(started);
        var bytes = SettledBytes() - before;
        var pending = (await host.Services.GetRequiredService<IWebhookDeliveries>().GetBacklogAsync()).Pending;
        report.Add("backlog.deliveries", pending);
        report.Add("backlog.enqueued_per_second", pending / taken.TotalSeconds);
        report.Add("backlog.mb", bytes / 1e6);
        report.Add("backlog.bytes_per_delivery", (double)bytes / pending);
        await host.StopAsync();
    }

    private static long SettledBytes()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
