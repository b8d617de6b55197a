using System.Diagnostics;
using System.Globalization;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Stores;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>
/// A tenant's subscriptions, events and deliveries never meet another tenant's, so a tenant is what a database can be chosen by: here by its
/// number, in a host by a table or a hash. Nothing but the publisher's choice of node knows of it.
/// </summary>
internal static class TwoServers
{
    private const int Tenants = 64;
    private const int BatchSize = 1000;
    private const int Deliveries = 20_000;

    public static async Task RunAsync(Report report, ReceiverProcess receiver, PostgreSqlCluster first, PostgreSqlCluster second, int rounds)
    {
        // Two nodes each time, so that only the servers differ.
        var shared = new PostgreSqlStore(first);
        Node[] one = [await StartAsync(shared, isNew: true), await StartAsync(shared, isNew: false)];
        Node[] two = [await StartAsync(new PostgreSqlStore(first), isNew: true), await StartAsync(new PostgreSqlStore(second), isNew: true)];
        for (var tenant = 0; tenant < Tenants; tenant++)
        {
            await one[0].SubscribeAsync(receiver.Url, tenant: TenantOf(tenant));
            await two[tenant % 2].SubscribeAsync(receiver.Url, tenant: TenantOf(tenant));
        }

        // The other node of the shared store hears of the last subscription within a second.
        await Task.Delay(TimeSpan.FromSeconds(2));
        double[] onOne = new double[rounds], onTwo = new double[rounds], cpuOfOne = new double[rounds], cpuOfTwo = new double[rounds];
        for (var round = -1; round < rounds; round++)
        {
            var (a, cpuA) = await RateAsync(one, receiver, first, second);
            var (b, cpuB) = await RateAsync(two, receiver, first, second);
            if (round >= 0)
            {
                (onOne[round], onTwo[round], cpuOfOne[round], cpuOfTwo[round]) = (a, b, cpuA, cpuB);
            }
        }

        report.Add("partition.one_server_deliveries_per_second", [.. onOne]);
        report.Add("partition.two_servers_deliveries_per_second", [.. onTwo]);
        report.Add("partition.one_server_cpu_us_per_delivery", cpuOfOne);
        report.Add("partition.two_servers_cpu_us_per_delivery", cpuOfTwo);
        report.Ratio("ratio.two_servers_vs_one", [.. onTwo.Zip(onOne, (a, b) => a / b)]);
        foreach (var node in one.Concat(two))
        {
            await node.DisposeAsync();
        }
    }

    private static async Task<Node> StartAsync(PostgreSqlStore store, bool isNew)
    {
        if (isNew)
        {
            await store.CreateAsync();
        }

        return await Node.StartAsync(store);
    }

    private static async Task<(double PerSecond, double Cpu)> RateAsync(Node[] nodes, ReceiverProcess receiver, params PostgreSqlCluster[] clusters)
    {
        await receiver.ExpectAsync(Deliveries);
        var (started, cpu) = (Stopwatch.GetTimestamp(), Cpu());
        await Task.WhenAll(nodes.Select((node, i) => Task.Run(() => PublishAsync(node, i))));
        var taken = Stopwatch.GetElapsedTime(started, await receiver.WaitAsync());
        foreach (var node in nodes)
        {
            await node.SettleAsync();
        }

        return (Deliveries / taken.TotalSeconds, (Cpu() - cpu).TotalMicroseconds / Deliveries);

        TimeSpan Cpu() => clusters.Aggregate(TimeSpan.Zero, (sum, c) => sum + ServerUse.CpuOf(c.ProcessId));
    }

    // Each node publishes for its half of the tenants.
    private static async Task PublishAsync(Node node, int half)
    {
        var batch = new NewWebhookEvent[BatchSize];
        for (var done = 0; done < Deliveries / 2; done += BatchSize)
        {
            for (var i = 0; i < BatchSize; i++)
            {
                var tenant = TenantOf((((done + i) * 2) + half) % Tenants);
                batch[i] = new() { Type = Review.Type, TenantId = tenant, Data = EventData.From(Review.Sample, ReviewJson.Default.Review) };
            }

            await node.Publisher.PublishManyAsync(batch);
        }
    }

    private static string TenantOf(int number) => number.ToString(CultureInfo.InvariantCulture);
}
