using System.Diagnostics;
using System.Globalization;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Stores;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>
/// A thousand endpoints at a steady load, default limits, in memory: how long from publication to receipt, with all of them alive and with one
/// that takes connections and never answers.
/// </summary>
internal static class DeadEndpoint
{
    private const int Endpoints = 1000;
    private const int PerSecond = 3000;

    public static async Task RunAsync(Report report, ReceiverProcess receiver, int rounds, TimeSpan length)
    {
        await using var alive = await StartAsync(receiver, hasDead: false);
        await using var withDead = await StartAsync(receiver, hasDead: true);
        double[] without = new double[rounds], with = new double[rounds];
        for (var round = -1; round < rounds; round++)
        {
            // Turn about, so that neither always follows the other.
            var first = round % 2 == 0;
            var a = await P99Async(first ? alive : withDead, receiver, length, hasDead: !first);
            var b = await P99Async(first ? withDead : alive, receiver, length, hasDead: first);
            if (round >= 0)
            {
                (without[round], with[round]) = first ? (a, b) : (b, a);
            }
        }

        report.Add("dead_endpoint.p99_without_us", [.. without]);
        report.Add("dead_endpoint.p99_with_us", [.. with]);
        report.Ratio("ratio.p99_with_dead_endpoint_vs_without", [.. with.Zip(without, (a, b) => a / b)]);
    }

    private static async Task<Node> StartAsync(ReceiverProcess receiver, bool hasDead)
    {
        var node = await Node.StartAsync(new MemoryStore(), w => w.ConfigureDispatch(o => (o.MaxConcurrency, o.MaxConcurrencyPerEndpoint) = (128, 16)));
        for (var i = 0; i < Endpoints; i++)
        {
            await node.SubscribeAsync(hasDead && i == 0 ? receiver.HangingUrl : receiver.TimedUrl, tenant: TenantOf(i));
        }

        return node;
    }

    private static async Task<double> P99Async(Node node, ReceiverProcess receiver, TimeSpan length, bool hasDead)
    {
        var count = (int)(PerSecond * length.TotalSeconds) / Endpoints * Endpoints;
        await receiver.ExpectAsync(hasDead ? count / Endpoints * (Endpoints - 1) : count);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            while (Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond < i)
            {
                await Task.Delay(1);
            }

            await node.Publisher.PublishAsync(new()
            {
                Id = ReceiverHost.TimedId(i),
                Type = Review.Type,
                TenantId = TenantOf(i % Endpoints),
                Data = EventData.From(Review.Sample, ReviewJson.Default.Review),
            });
        }

        await receiver.WaitAsync();
        return await receiver.LatencyAsync(99);
    }

    private static string TenantOf(int number) => number.ToString(CultureInfo.InvariantCulture);
}
