using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>Sends one test event through the real path. Implemented downstream, where requests are made.</summary>
internal interface ITestDelivery
{
    ValueTask<AttemptResult> SendAsync(WebhookSubscription subscription, string? eventType, CancellationToken cancellationToken);
}
