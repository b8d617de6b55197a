using System.Diagnostics;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Throughput.Measuring;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>In memory, one subscription, published a thousand at a time. The time of a publication is its share of the call.</summary>
internal sealed class MemoryBatch : EngineVariant
{
    private const int BatchSize = 1000;

    public override string Name => "memory_batch";

    public override async Task PublishAsync(int publications, PublishTimes times)
    {
        var batch = new NewWebhookEvent[BatchSize];
        for (var done = 0; done < publications; done += BatchSize)
        {
            var count = Math.Min(BatchSize, publications - done);
            for (var i = 0; i < count; i++)
            {
                batch[i] = NewEvent();
            }

            var started = Stopwatch.GetTimestamp();
            await Publisher.PublishManyAsync(new ArraySegment<NewWebhookEvent>(batch, 0, count));
            var each = (Stopwatch.GetTimestamp() - started) / count;
            for (var i = 0; i < count; i++)
            {
                times.Set(done + i, each);
            }

            await Task.Yield();
        }
    }
}
