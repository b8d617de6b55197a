using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Is told what has been recorded. Any number can be registered. Called after the store has written, so a slow observer delays nothing that is
/// promised, but it does hold up the next results: queue what takes long. An exception is logged and changes nothing.
/// </summary>
public interface IWebhookObserver
{
    /// <summary>A transition was recorded; without a result no attempt was made.</summary>
    ValueTask OnRecordedAsync(DeliveryRecord record) => ValueTask.CompletedTask;

    /// <summary>The disable rule, or 410 Gone, suspended a subscription. Tell its owner.</summary>
    ValueTask OnSuspendedAsync(WebhookSubscription subscription) => ValueTask.CompletedTask;
}
