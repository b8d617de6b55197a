namespace Webhooks.Sdk.Subscriptions;

/// <summary>A subscription and its newest secret, at the only moment when both are together. Never prints the secret.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="Secret">Show it once; null where the format is not signed.</param>
public sealed record SubscriptionWithSecret(WebhookSubscription Subscription, string? Secret)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => Subscription.ToString();
}
