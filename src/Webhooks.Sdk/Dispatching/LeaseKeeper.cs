using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Renews the leases of everything in hand, every third of a lease. A process that slept past its leases cannot know who has them now, and a
/// renewal does not tell: what it has not begun goes back instead of out.
/// </summary>
internal sealed class LeaseKeeper(IWebhookDeliveryStore store, TimeSpan lease, Action<List<ClaimedDelivery>> collect, TimeProvider time, ILogger logger)
{
    private readonly long _lease = (long)(lease.TotalSeconds * time.TimestampFrequency);

    /// <summary>The store was asked for this delivery at that time, and gave it.</summary>
    public void Hold(ClaimedDelivery delivery, long asked) => delivery.HeldUntil = asked + _lease;

    public bool Holds(ClaimedDelivery delivery) => delivery.HeldUntil > time.GetTimestamp();

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(lease / 3, time);
        List<ClaimedDelivery> inHand = [];
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                inHand.Clear();
                collect(inHand);
                await RenewAsync(inHand, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async ValueTask RenewAsync(List<ClaimedDelivery> inHand, CancellationToken stop)
    {
        try
        {
            if (inHand.Count > 0)
            {
                var asked = time.GetTimestamp();
                var held = inHand.FindAll(Holds);
                await store.RenewAsync(inHand, lease, stop);
                held.ForEach(d => Hold(d, asked));
            }
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            logger.RenewalFailed(e, inHand.Count);
        }
    }
}
