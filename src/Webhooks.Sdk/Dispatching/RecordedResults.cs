using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>What follows a write: metrics, log, endpoint health, observers, and room for new claims.</summary>
internal sealed class RecordedResults(
    EndpointHealthMonitor health, IReadOnlyList<IWebhookObserver> observers, WebhookMetrics metrics, Action<int> done, ILogger logger)
{
    public async ValueTask AfterAsync(RecordBatch batch, IReadOnlyList<ClaimedDelivery> lost)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch.Records[i];
            if (lost.Count > 0 && lost.Contains(record.Delivery))
            {
                metrics.LeaseLost();
                logger.LeaseLost(record.Delivery.Event.Id, record.Delivery.SubscriptionId);
                continue;
            }

            Tell(record);
            health.Add(batch.LaneOf(i), record);
            foreach (var observer in observers)
            {
                await NotifyAsync(observer, record);
            }
        }

        done(batch.Count);
        await health.ReportAsync();
    }

    public void Abandoned(int count) => done(count);

    private void Tell(in DeliveryRecord record)
    {
        var (delivery, result) = (record.Delivery, record.Result);
        if (result is not null)
        {
            metrics.Attempted(delivery.Event.Type, result.StatusCode, result.Error.Name(), result.Duration);
            if (logger.IsEnabled(LogLevel.Debug))
            {
                logger.Attempted(delivery.Attempts + 1, delivery.Event.Id, delivery.SubscriptionId, result.StatusCode, result.Error.Name(),
                    result.Duration.TotalMilliseconds, record.Transition.ToString());
            }
        }

        if (record.Transition is DeliveryTransition.Failed failed)
        {
            metrics.DeliveryFailed(failed.Reason.ToString());
            logger.DeliveryFailed(delivery.Event.Id, delivery.SubscriptionId, delivery.Attempts + (result is null ? 0 : 1), failed.Reason.ToString());
        }
    }

    private async ValueTask NotifyAsync(IWebhookObserver observer, DeliveryRecord record)
    {
        try
        {
            await observer.OnRecordedAsync(record);
        }
        catch (Exception e)
        {
            logger.ObserverFailed(e);
        }
    }
}
