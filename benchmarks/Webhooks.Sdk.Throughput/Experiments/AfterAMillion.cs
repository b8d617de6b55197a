using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Dispatching;
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
/// The rate at the start and after a million deliveries in the same tables. The million goes through the whole engine to a receiver that
/// answers at once, because only its rows matter, and then the server may end the maintenance that it has begun.
/// </summary>
internal static class AfterAMillion
{
    private const int Deliveries = 1_000_000;
    private const int BatchSize = 10;
    private const int Subscriptions = 100;
    private const int Runners = 512;
    private const int MaxAhead = 8_000;
    private const string Tenant = "million";

    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestMaintenance = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(Report report, PostgreSqlCluster cluster, ReceiverProcess receiver, int rounds, int deliveries)
    {
        await using var store = new PostgreSqlStore(cluster);
        await using var variant = new EngineVariant(store, Shape.Batch);
        await variant.StartAsync(receiver);
        await Round.RunAsync(variant, receiver, deliveries);
        var start = await RatesAsync(variant, receiver, rounds, deliveries);
        await variant.StopNodesAsync();
        await DeliverAsync(store);
        await WaitForMaintenanceAsync(cluster);
        await variant.StartNodesAsync();
        await Round.RunAsync(variant, receiver, deliveries / 4);
        var end = await RatesAsync(variant, receiver, rounds, deliveries);
        report.Add("after_1m.start_deliveries_per_second", [.. start]);
        report.Add("after_1m.end_deliveries_per_second", [.. end]);
        report.Ratio("ratio.throughput_after_1m_vs_start", [Report.Figure.Of(end).Median / Report.Figure.Of(start).Median]);
    }

    private static async Task<double[]> RatesAsync(EngineVariant variant, ReceiverProcess receiver, int rounds, int deliveries)
    {
        var rates = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            rates[i] = (await Round.RunAsync(variant, receiver, deliveries)).DeliveriesPerSecond;
        }

        return rates;
    }

    private static async Task DeliverAsync(PostgreSqlStore store)
    {
        var receiver = new AnswerAtOnce();
        await using var node = await Node.StartAsync(store, w =>
        {
            // Many at a time, so that their results share transactions: only the rows are wanted.
            w.ConfigureDispatch(o => o.MaxConcurrency = Runners).Services.AddSingleton<IWebhookDispatcher>(receiver);
        });
        for (var i = 0; i < Subscriptions; i++)
        {
            await node.SubscribeAsync(new Uri("https://example.com/hooks"), tenant: Tenant);
        }

        var batch = new NewWebhookEvent[BatchSize];
        Array.Fill(batch, new() { Type = Review.Type, TenantId = Tenant, Data = EventData.From(Review.Sample, ReviewJson.Default.Review) });
        for (var done = 0; done < Deliveries; done += BatchSize * Subscriptions)
        {
            while (done - receiver.Count > MaxAhead)
            {
                await Task.Delay(Ahead);
            }

            await node.Publisher.PublishManyAsync(batch);
        }

        await node.SettleAsync();
    }

    private static async Task WaitForMaintenanceAsync(PostgreSqlCluster cluster)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < LongestMaintenance
            && await Sql.ReadAsync<long>(cluster.ConnectionString, "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'") > 0)
        {
            await Task.Delay(Look);
        }
    }
}
