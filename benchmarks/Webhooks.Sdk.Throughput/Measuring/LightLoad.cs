using System.Diagnostics;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>How long one publication takes when nothing else is going on: the call itself, and until the receiver has it.</summary>
internal static class LightLoad
{
    private const int WarmUps = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public static async Task<(PublishTimes Call, PublishTimes Arrival)> RunAsync(IVariant variant, ReceiverProcess receiver, int publications)
    {
        var (call, arrival) = (new PublishTimes(publications), new PublishTimes(publications));
        for (var i = -WarmUps; i < publications; i++)
        {
            await receiver.ExpectAsync(variant.Fanout);
            await Task.Delay(Pause);
            var started = Stopwatch.GetTimestamp();
            await variant.PublishOneAsync();
            var called = Stopwatch.GetTimestamp();
            var arrived = await receiver.WaitAsync();
            if (i >= 0)
            {
                call.Set(i, called - started);
                arrival.Set(i, arrived - started);
            }
        }

        return (call, arrival);
    }
}
