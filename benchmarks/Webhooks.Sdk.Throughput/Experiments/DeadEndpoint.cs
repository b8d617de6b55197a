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
/// that takes connections, never answers, and has more waiting than may be in flight. The two take turns every quarter of a second, so a bad
/// moment of the machine hits both.
/// </summary>
internal static class DeadEndpoint
{
    private const int Endpoints = 1000;
    private const int PerSecond = 2000;
    private const int TurnsInRound = 2;
    private const int EventsInTurn = 500;
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
                // Turn about, so that neither always follows the other.
                bool[] order = (round + turn) % 2 == 0 ? [false, true] : [true, false];
                foreach (var hasDead in order)
                {
                    (hasDead ? b : a).AddRange(await LatenciesAsync(hasDead ? withDead : alive, receiver, turn, hasDead));
                }
            }

            if (round >= 0)
            {
                (without[round], with[round]) = (P99(a), P99(b));
            }
        }

        report.Add("dead_endpoint.p99_without_us", [.. without]);
        report.Add("dead_endpoint.p99_with_us", [.. with]);

        // Of the medians: a bad moment makes one round several times as slow as its neighbour, and a ratio round by round would be about that.
        report.Ratio("ratio.p99_with_dead_endpoint_vs_without", [Report.Figure.Of(with).Median / Report.Figure.Of(without).Median]);
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
        GC.Collect();
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
