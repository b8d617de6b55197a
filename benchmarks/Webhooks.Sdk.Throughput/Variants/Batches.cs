using System.Diagnostics;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Throughput.Measuring;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>One caller on each node that publishes many events at once, again and again. The time of a publication is its share of the call.</summary>
internal static class Batches
{
    public static Task PublishAsync(
        IReadOnlyList<IWebhookPublisher> publishers, int publications, int batchSize, PublishTimes times, Pace pace, Func<NewWebhookEvent> newEvent)
    {
        var next = 0;
        return Task.WhenAll(publishers.Select(p => Task.Run(() => CallAsync(p))));

        async Task CallAsync(IWebhookPublisher publisher)
        {
            var batch = new NewWebhookEvent[batchSize];
            while (Interlocked.Add(ref next, batchSize) - batchSize is var first && first < publications)
            {
                await pace.WaitAsync(first);
                var count = Math.Min(batchSize, publications - first);
                for (var i = 0; i < count; i++)
                {
                    batch[i] = newEvent();
                }

                var started = Stopwatch.GetTimestamp();
                await publisher.PublishManyAsync(new ArraySegment<NewWebhookEvent>(batch, 0, count));
                var each = (Stopwatch.GetTimestamp() - started) / count;
                for (var i = 0; i < count; i++)
                {
                    times.Set(first + i, each);
                }

                await Task.Yield();
            }
        }
    }
}
