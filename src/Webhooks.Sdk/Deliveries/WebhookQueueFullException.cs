namespace Webhooks.Sdk.Deliveries;

/// <summary>The store's bound was reached and no room came free in time. Nothing was enqueued.</summary>
public sealed class WebhookQueueFullException(string message) : WebhookException(message);
