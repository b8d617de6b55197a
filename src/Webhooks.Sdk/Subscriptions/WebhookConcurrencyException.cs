namespace Webhooks.Sdk.Subscriptions;

/// <summary>Somebody else changed the subscription in between. Read it again and repeat the change.</summary>
public sealed class WebhookConcurrencyException(string id, long expected)
    : WebhookException($"The subscription '{id}' is no longer at version {expected}. Read it again and repeat the change.");
