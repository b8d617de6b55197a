using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Profiles;

/// <summary>
/// One wire format and the promises that belong to it. The presets are in <see cref="WebhookProfiles"/>; derive your own with
/// <c>WebhookProfiles.Standard with { Name = "ours", Timeout = … }</c> and register it with <c>AddProfile</c>.
/// </summary>
public sealed record WebhookProfile
{
    /// <summary>The name that subscriptions store. It must not change while subscriptions use it.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Makes the body.</summary>
    public required IWebhookEnvelope Envelope { get; init; }

    /// <summary>Proves the sender.</summary>
    public required IWebhookSigner Signer { get; init; }

    /// <summary>When to try again.</summary>
    public required IWebhookRetryPolicy RetryPolicy { get; init; }

    /// <summary>When to suspend a failing endpoint. Default: after 5 days without success and at least 10 failed attempts.</summary>
    public DisableRule DisableRule { get; init; } = new DisableRule.AfterFailingFor(TimeSpan.FromDays(5), MinFailedAttempts: 10);

    /// <summary>For DNS, connect, TLS, sending and the response headers together; the body is read in what is left. Default 15 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Which URLs may be registered. Default https only.</summary>
    public EndpointUrlRule UrlRule { get; init; } = EndpointUrlRule.HttpsOnly;

    /// <summary>The event types that the original system sends; empty for a general format. For catalogues and settings pages.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>A subscription must name its types; an empty list does not mean all.</summary>
    public bool RequiresEventTypes { get; init; }

    /// <summary>How many subscriptions a tenant may have; null for no limit.</summary>
    public int? MaxSubscriptionsPerTenant { get; init; }

    /// <summary>The owner may read the secret again later. Otherwise it is shown once, when it is made.</summary>
    public bool IsSecretReadable { get; init; }

    /// <summary>The type of test events. Default <c>webhook.test</c>.</summary>
    public string TestEventType { get; init; } = "webhook.test";
}
