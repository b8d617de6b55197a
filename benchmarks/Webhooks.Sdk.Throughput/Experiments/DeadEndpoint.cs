using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Stores;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>
/// A thousand endpoints at a steady load, default limits, in memory: how long from publication to receipt, with all of them alive and with one
/// that takes connections, never answers, and has more waiting than may be in flight. The two take turns every fifth of a second, so a bad moment of the machine hits both.
/// </summary>
internal static class DeadEndpoint
{
    private const int Endpoints = 1000;
    private const int PerSecond = 3000;
    private const int TurnsInRound = 5;
    private const int EventsInTurn = 600;
    private const int Stuck = 64;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(Report report, ReceiverProcess receiver, int rounds)
    {
        await using var alive = await StartAsync(receiver, hasDead: false);
        await using var withDead = await StartAsync(receiver, hasDead: true);
        for (var i = 0; i < Stuck; i++)
        {
            await PublishAsync(withDead, i, endpoint: 0);
        }

        double[] without = new double[rounds], with = new double[rounds];
        for (var round = -1; round < rounds; round++)
        {
            List<long> a = [], b = [];
            for (var turn = 0; turn < TurnsInRound; turn++)
            {
                a.AddRange(await LatenciesAsync(alive, receiver, turn, hasDead: false));
                b.AddRange(await LatenciesAsync(withDead, receiver, turn, hasDead: true));
            }

            if (round >= 0)
            {
                (without[round], with[round]) = (P99(a), P99(b));
            }
        }

        report.Add("dead_endpoint.p99_without_us", [.. without]);
        report.Add("dead_endpoint.p99_with_us", [.. with]);
        report.Ratio("ratio.p99_with_dead_endpoint_vs_without", [.. with.Zip(without, (a, b) => a / b)]);
    }

    private static async Task<Node> StartAsync(ReceiverProcess receiver, bool hasDead)
    {
        var node = await Node.StartAsync(new MemoryStore(), w =>
        {
            w.ConfigureDispatch(o => (o.MaxConcurrency, o.MaxConcurrencyPerEndpoint) = (128, 16));
            w.Services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout); // nobody waits for the dead one at the end
        });
        for (var i = 0; i < Endpoints; i++)
        {
            await node.SubscribeAsync(hasDead && i == 0 ? receiver.HangingUrl : receiver.TimedUrl, tenant: TenantOf(i));
        }

        return node;
    }

    private static async Task<long[]> LatenciesAsync(Node node, ReceiverProcess receiver, int turn, bool hasDead)
    {
        var events = Enumerable.Range(turn * EventsInTurn, EventsInTurn).Select(i => i % Endpoints).ToList();
        await receiver.ExpectAsync(hasDead ? events.Count(e => e != 0) : events.Count);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < events.Count; i++)
        {
            while (Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond < i)
            {
                await Task.Delay(1);
            }

            await PublishAsync(node, i, events[i]);
        }

        await receiver.WaitAsync();
        return await receiver.LatenciesAsync();
    }

    private static async Task PublishAsync(Node node, int number, int endpoint) => await node.Publisher.PublishAsync(new()
    {
        Id = ReceiverHost.TimedId(number),
        Type = Review.Type,
        TenantId = TenantOf(endpoint),
        Data = EventData.From(Review.Sample, ReviewJson.Default.Review),
    });

    private static double P99(List<long> latencies)
    {
        var times = new PublishTimes(latencies.Count);
        for (var i = 0; i < latencies.Count; i++)
        {
            times.Set(i, latencies[i]);
        }

        return times.Percentile(99);
    }

    private static string TenantOf(int number) => number.ToString(CultureInfo.InvariantCulture);
}
