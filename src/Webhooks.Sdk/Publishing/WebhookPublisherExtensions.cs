using System.Runtime.CompilerServices;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Publishing;

/// <summary>The short forms of <see cref="IWebhookPublisher.PublishAsync"/>.</summary>
public static class WebhookPublisherExtensions
{
    /// <summary>Publishes an object whose type <c>AddEvent</c> declared.</summary>
    public static ValueTask<PublishResult> PublishAsync<T>(
        this IWebhookPublisher publisher, T data, string tenantId = WebhookSubscription.DefaultTenant, CancellationToken cancellationToken = default)
        where T : notnull =>
        publisher.PublishAsync(new NewWebhookEvent { Data = EventData.Declared(data), TenantId = tenantId }, null, cancellationToken);

    /// <summary>Publishes JSON text under a name.</summary>
    // Without the priority, ("type", "json", cancellationToken: …) would rather be data "type" for the tenant "json".
    [OverloadResolutionPriority(1)]
    public static ValueTask<PublishResult> PublishAsync(
        this IWebhookPublisher publisher, string type, string json, string tenantId = WebhookSubscription.DefaultTenant, CancellationToken cancellationToken = default) =>
        publisher.PublishAsync(type, EventData.FromJson(json), tenantId, cancellationToken);

    /// <summary>Publishes JSON under a name.</summary>
    [OverloadResolutionPriority(1)]
    public static ValueTask<PublishResult> PublishAsync(
        this IWebhookPublisher publisher, string type, EventData data, string tenantId = WebhookSubscription.DefaultTenant, CancellationToken cancellationToken = default) =>
        publisher.PublishAsync(new NewWebhookEvent { Type = type, Data = data, TenantId = tenantId }, null, cancellationToken);
}
