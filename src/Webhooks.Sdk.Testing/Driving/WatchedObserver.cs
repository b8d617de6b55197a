using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>A host's own observer, with its calls counted.</summary>
internal sealed class WatchedObserver(IWebhookObserver inner, EngineWatch watch) : IWebhookObserver
{
    public async ValueTask OnRecordedAsync(DeliveryRecord record) => await watch.CountAsync(async () =>
    {
        await inner.OnRecordedAsync(record);
        return true;
    });

    public async ValueTask OnSuspendedAsync(WebhookSubscription subscription) => await watch.CountAsync(async () =>
    {
        await inner.OnSuspendedAsync(subscription);
        return true;
    });
}
