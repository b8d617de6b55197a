using System.Diagnostics;
using Webhooks.Sdk.Throughput.Measuring;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>Many callers that publish one by one, as requests to a host would: each call is a work item of its own.</summary>
internal static class Callers
{
    public static Task PublishAsync(int publications, PublishTimes times, Pace pace, Func<ValueTask> publishOne)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Limits.Callers).Select(_ => Task.Run(CallAsync)));

        async Task CallAsync()
        {
            while (Interlocked.Increment(ref next) is var i && i < publications)
            {
                await pace.WaitAsync(i);
                var started = Stopwatch.GetTimestamp();
                await publishOne();
                times.Set(i, Stopwatch.GetTimestamp() - started);
                await Task.Yield();
            }
        }
    }
}
