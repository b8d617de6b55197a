using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Receiving.InMemory;
using Webhooks.Sdk.Telemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what receivers of webhooks need.</summary>
public static class WebhookReceiverServiceCollectionExtensions
{
    /// <summary>
    /// Adds the inbox of this host's receivers and the worker that handles what they accept first; nothing is sent. Independent of
    /// <c>AddWebhooks</c>: a host may send, receive, or both. Safe to call twice.
    /// </summary>
    public static WebhookReceiverBuilder AddWebhookReceiver(this IServiceCollection services, Action<WebhookReceiverBuilder>? configure = null)
    {
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<InboxOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InboxOptions>, InboxOptionsValidator>());
        services.TryAddSingleton<IWebhookInbox, InMemoryInbox>();
        services.TryAddSingleton<ReceiverMetrics>();
        services.TryAddSingleton<ReceiverCatalogue>();
        services.TryAddSingleton<MessageRunner>();
        services.TryAddSingleton<AcceptedMessage>();
        services.AddHostedService<InboxWorker>();
        services.AddHostedService<InboxRetention>();
        var builder = new WebhookReceiverBuilder(services);
        configure?.Invoke(builder);
        return builder;
    }
}
