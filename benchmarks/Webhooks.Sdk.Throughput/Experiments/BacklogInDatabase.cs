using System.Diagnostics;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Stores;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>What a backlog in PostgreSQL costs: how long a claim takes, and how much of it is in the host's memory.</summary>
internal static class BacklogInDatabase
{
    private const int Subscriptions = 100;
    private const int SmallEvents = 10;
    private const int LargeEvents = 10_000;
    private const int BatchSize = 50;
    private const int Claims = 41;

    public static async Task RunAsync(Report report, PostgreSqlCluster cluster)
    {
        await using var store = new PostgreSqlStore(cluster);
        await store.CreateAsync();
        await using var node = await Node.StartPublisherAsync(store);
        for (var i = 0; i < Subscriptions; i++)
        {
            await node.SubscribeAsync(new Uri("https://example.com/hooks"));
        }

        await PublishAsync(node, SmallEvents);
        var (small, smallBytes) = (await ClaimTimesAsync(node), BacklogMemory.SettledBytes());
        await PublishAsync(node, LargeEvents - SmallEvents);
        await Sql.ExecuteAsync(store.ConnectionString, "VACUUM ANALYZE webhooks.deliveries"); // as autovacuum would within a minute
        var (large, largeBytes) = (await ClaimTimesAsync(node), BacklogMemory.SettledBytes());
        report.Add("backlog.postgres_pending", (await node.Deliveries.GetBacklogAsync(CancellationToken.None)).Pending);
        report.Add("backlog.postgres_claim_at_1k_us", [.. small]);
        report.Add("backlog.postgres_claim_at_1m_us", [.. large]);
        report.Add("backlog.postgres_host_mb_at_1k", smallBytes / 1e6);
        report.Add("backlog.postgres_host_mb_at_1m", largeBytes / 1e6);
        report.Ratio("ratio.claim_at_1m_vs_1k_pending", [Report.Figure.Of(large).Median / Report.Figure.Of(small).Median]);
    }

    private static async Task PublishAsync(Node node, int events)
    {
        var batch = new NewWebhookEvent[Math.Min(BatchSize, events)];
        Array.Fill(batch, new() { Type = Review.Type, Data = EventData.From(Review.Sample, ReviewJson.Default.Review) });
        for (var done = 0; done < events; done += batch.Length)
        {
            await node.Publisher.PublishManyAsync(new ArraySegment<NewWebhookEvent>(batch, 0, Math.Min(batch.Length, events - done)));
        }
    }

    // What a worker claims at once, given back outside of the measured time.
    private static async Task<double[]> ClaimTimesAsync(Node node)
    {
        var request = new ClaimRequest { MaxCount = 200, MaxPerSubscription = 128, Lease = TimeSpan.FromMinutes(1) };
        var times = new double[Claims];
        for (int i = -5, all = 0; i < Claims; all++)
        {
            var started = Stopwatch.GetTimestamp();
            var claimed = await node.Deliveries.ClaimAsync(request, CancellationToken.None);
            var taken = Stopwatch.GetElapsedTime(started);
            await node.Deliveries.RecordAsync([.. claimed.Select(c => new DeliveryRecord(c, null, new DeliveryTransition.Released(TimeSpan.Zero)))], CancellationToken.None);
            if (claimed.Count < request.MaxCount)
            {
                // At the end of a round of the subscriptions there may be fewer, and these cost less.
                if (all > 10 * Claims)
                {
                    throw new InvalidOperationException($"{claimed.Count} deliveries are claimed again and again instead of {request.MaxCount}.");
                }

                continue;
            }

            if (i >= 0)
            {
                times[i] = taken.TotalMicroseconds;
            }

            i++;
        }

        return times;
    }
}
