using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Renews the leases of everything in hand, every third of a lease.</summary>
internal sealed class LeaseKeeper(IWebhookDeliveryStore store, TimeSpan lease, Action<List<ClaimedDelivery>> collect, TimeProvider time, ILogger logger)
{
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
                await store.RenewAsync(inHand, lease, stop);
            }
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            logger.RenewalFailed(e, inHand.Count);
        }
    }
}
