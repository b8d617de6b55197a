using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Stores;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>
/// 64 callers that publish one event at a time over at most 4 connections, against 64 connections that insert one row at a time. Each call
/// returns after its commit. Nobody delivers.
/// </summary>
internal static class SinglePublish
{
    private const int MaxConnections = 4;
    private const int WarmUps = 4;

    public static async Task RunAsync(Report report, PostgreSqlCluster cluster, int rounds, TimeSpan length)
    {
        await using var store = new PostgreSqlStore(cluster, MaxConnections);
        await store.CreateAsync();
        await using var node = await Node.StartPublisherAsync(store);
        await node.SubscribeAsync(new Uri("https://example.com/hooks"));
        await BareTables.CreateAsync(store.ConnectionString);
        var data = JsonSerializer.SerializeToUtf8Bytes(Review.Sample, ReviewJson.Default.Review);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(store.ConnectionString) { MaxPoolSize = Limits.Callers, ApplicationName = "bare" });
        var connections = await Task.WhenAll(Enumerable.Range(0, Limits.Callers).Select(_ => source.OpenConnectionAsync().AsTask()));

        double[] client = new double[rounds], server = new double[rounds];
        double[] ours = new double[rounds], bare = new double[rounds];
        for (var round = -WarmUps; round < rounds; round++)
        {
            var before = CpuUse.Now(cluster);
            var started = Stopwatch.GetTimestamp();
            var us = await RateAsync((_, goesOn) => PublishAsync(goesOn), length);
            var events = us * Stopwatch.GetElapsedTime(started).TotalSeconds;
            var used = CpuUse.Now(cluster) - before;
            var insert = await RateAsync((i, goesOn) => BareTables.InsertOneByOneAsync(connections[i], data, goesOn), length);
            if (round >= 0)
            {
                (client[round], server[round]) = (used.Client.TotalMicroseconds / events, used.Server.TotalMicroseconds / events);
                (ours[round], bare[round]) = (us, insert);
            }
        }

        // Pools keep what they have opened, so this is the most there has been.
        var opened = await Sql.ReadAsync<long>(
            cluster.ConnectionString,
            $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{store.Database}' AND application_name = ''");
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        report.Add("postgres_single_publish.per_second", [.. ours]);
        report.Add("postgres_single_publish.client_cpu_us_per_event", [.. client]);
        report.Add("postgres_single_publish.server_cpu_us_per_event", [.. server]);
        report.Add("postgres_single_publish.connections", opened);
        report.Add("postgres_floor.single_inserts_per_second", [.. bare]);
        report.Ratio("ratio.postgres_single_publish_vs_bare_insert", [.. ours.Zip(bare, (a, b) => a / b)]);

        async Task<int> PublishAsync(Func<bool> goesOn)
        {
            var count = 0;
            for (; goesOn(); count++)
            {
                await node.Publisher.PublishAsync(new() { Type = Review.Type, Data = EventData.From(Review.Sample, ReviewJson.Default.Review) });
            }

            return count;
        }
    }

    private static async Task<double> RateAsync(Func<int, Func<bool>, Task<int>> caller, TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Limits.Callers)
            .Select(i => Task.Run(() => caller(i, () => Stopwatch.GetElapsedTime(started) < length))));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
