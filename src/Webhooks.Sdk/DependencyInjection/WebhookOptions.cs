using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.DependencyInjection;

/// <summary>
/// The top of the configuration section <c>Webhooks</c>. Each feature has its own options class, bound to its own part of the section:
/// <c>Publish</c>, <c>Dispatch</c>, <c>Network</c>, <c>Retention</c>, <c>SubscriptionRules</c>, <c>InMemory</c>.
/// </summary>
public sealed class WebhookOptions
{
    /// <summary>The name of the profile of subscriptions that name none. Default <c>standard</c>.</summary>
    public string Profile { get; set; } = "standard";

    /// <summary>Subscriptions that exist because the configuration says so. Created or updated at start.</summary>
    public IList<StaticSubscription> Subscriptions { get; } = [];
}
