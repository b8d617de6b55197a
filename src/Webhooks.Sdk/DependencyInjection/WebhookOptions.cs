using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Deliveries.InMemory;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Recovery;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.DependencyInjection;

/// <summary>Everything that can be set, as the configuration section <c>Webhooks</c> holds it. Each part has its own class beside its feature.</summary>
public sealed class WebhookOptions
{
    /// <summary>The name of the profile of subscriptions that name none. Default <c>standard</c>.</summary>
    public string Profile { get; set; } = "standard";

    /// <summary>What may be published.</summary>
    public PublishOptions Publish { get; set; } = new();

    /// <summary>How deliveries are sent.</summary>
    public DispatchOptions Dispatch { get; set; } = new();

    /// <summary>Which addresses may be called.</summary>
    public NetworkOptions Network { get; set; } = new();

    /// <summary>How long events, attempts and failed deliveries are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>What holds for all subscriptions.</summary>
    public SubscriptionOptions SubscriptionRules { get; set; } = new();

    /// <summary>The bounds of the in-memory store.</summary>
    public InMemoryStoreOptions InMemory { get; set; } = new();

    /// <summary>Subscriptions that exist because the configuration says so. Created or updated at start.</summary>
    public IList<StaticSubscription> Subscriptions { get; set; } = [];
}
