using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Stores;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>Publishing a thousand at a time from one caller, against the bare COPY of the same rows from one caller. Nobody delivers.</summary>
internal static class EnqueueFloor
{
    private const int BatchSize = 1000;
    private const int WarmUps = 4;

    public static async Task RunAsync(Report report, PostgreSqlCluster cluster, int rounds, TimeSpan length)
    {
        await using var store = new PostgreSqlStore(cluster);
        await store.CreateAsync();
        await using var node = await Node.StartPublisherAsync(store);
        await node.SubscribeAsync(new Uri("https://example.com/hooks"));
        await BareTables.CreateAsync(store.ConnectionString);
        await using var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync();
        var data = JsonSerializer.SerializeToUtf8Bytes(Review.Sample, ReviewJson.Default.Review);
        var written = new Queue<Guid[]>();

        double[] client = new double[rounds], server = new double[rounds];
        double[] ours = new double[rounds], floor = new double[rounds], deleted = new double[rounds];
        for (var round = -WarmUps; round < rounds; round++)
        {
            var before = CpuUse.Now(cluster);
            var started = Stopwatch.GetTimestamp();
            var us = await RateAsync(PublishAsync, IsInTime);
            var events = us * Stopwatch.GetElapsedTime(started).TotalSeconds;
            var used = CpuUse.Now(cluster) - before;
            var (bare, gone) = (
                await RateAsync(async () => written.Enqueue(await BareTables.CopyAsync(connection, BatchSize, data)), IsInTime),
                await RateAsync(() => BareTables.DeleteAsync(connection, written.Dequeue()), _ => written.Count > 0));
            if (round >= 0)
            {
                (client[round], server[round]) = (used.Client.TotalMicroseconds / events, used.Server.TotalMicroseconds / events);
                (ours[round], floor[round], deleted[round]) = (us, bare, gone);
            }
        }

        report.Add("postgres_enqueue.events_per_second", [.. ours]);
        report.Add("postgres_enqueue.client_cpu_us_per_event", [.. client]);
        report.Add("postgres_enqueue.server_cpu_us_per_event", [.. server]);
        report.Add("postgres_floor.enqueued_events_per_second", [.. floor]);
        report.Add("postgres_floor.deleted_per_second", [.. deleted]);
        report.Ratio("ratio.postgres_enqueue_vs_floor", [.. ours.Zip(floor, (a, b) => a / b)]);

        async Task PublishAsync()
        {
            var batch = new NewWebhookEvent[BatchSize];
            for (var i = 0; i < BatchSize; i++)
            {
                batch[i] = new() { Type = Review.Type, Data = EventData.From(Review.Sample, ReviewJson.Default.Review) };
            }

            await node.Publisher.PublishManyAsync(batch);
        }

        bool IsInTime(TimeSpan taken) => taken < length;
    }

    private static async Task<double> RateAsync(Func<Task> batch, Func<TimeSpan, bool> goesOn)
    {
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        while (goesOn(Stopwatch.GetElapsedTime(started)))
        {
            await batch();
            count += BatchSize;
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
