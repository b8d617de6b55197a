using System.Net.Security;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Deliveries.InMemory;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Recovery;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Telemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers webhooks.</summary>
public static class WebhooksServiceCollectionExtensions
{
    /// <summary>
    /// Adds webhooks to the host: <see cref="IWebhookPublisher"/>, <see cref="IWebhookSubscriptions"/>, <see cref="IWebhookDeliveries"/> and the
    /// worker that delivers. In memory by default. Safe to call twice; what is registered before is kept.
    /// </summary>
    public static WebhooksBuilder AddWebhooks(this IServiceCollection services, Action<WebhooksBuilder>? configure = null)
    {
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<WebhookOptions>().ValidateOnStart();
        services.AddOptions<PublishOptions>().ValidateOnStart();
        services.AddOptions<DispatchOptions>().ValidateOnStart();
        services.TryAddSingleton<StartupChecks>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartupChecks>(s => s.GetRequiredService<StartupChecks>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PublishOptions>, PublishOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DispatchOptions>, DispatchOptionsValidator>());

        AddCatalogues(services);
        AddStores(services);
        AddSubscriptions(services);
        AddPublishing(services);
        var client = AddDispatching(services);

        var builder = new WebhooksBuilder(services, client);
        configure?.Invoke(builder);
        return builder;
    }

    private static void AddCatalogues(IServiceCollection services)
    {
        services.TryAddSingleton(s => new WebhookEventCatalogue(s.GetServices<WebhookEventType>()));
        services.TryAddSingleton(s => new WebhookProfileCatalogue(
            s.GetServices<WebhookProfile>(), s.GetRequiredService<IOptions<WebhookOptions>>().Value.Profile));
        services.TryAddSingleton(s => new AddressRules(s.GetRequiredService<IOptions<NetworkOptions>>().Value));
    }

    private static void AddStores(IServiceCollection services)
    {
        services.TryAddSingleton<IWebhookSubscriptionStore, InMemorySubscriptionStore>();
        services.TryAddSingleton<IWebhookDeliveryStore, InMemoryDeliveryStore>();
        services.TryAddSingleton<IWebhookSecretProtector, PlainSecretProtector>();
    }

    private static void AddSubscriptions(IServiceCollection services)
    {
        services.TryAddSingleton<SubscriptionValidator>();
        services.TryAddSingleton<SubscriptionSwitch>();
        services.TryAddSingleton<IWebhookSubscriptions, WebhookSubscriptions>();
        services.TryAddSingleton<IWebhookDeliveries, WebhookDeliveries>();
        services.AddHostedService(s => new StaticSubscriptionSeeder(
            [.. s.GetRequiredService<IOptions<WebhookOptions>>().Value.Subscriptions, .. s.GetServices<StaticSubscription>()],
            s.GetRequiredService<IWebhookSubscriptions>(),
            s.GetRequiredService<IWebhookSubscriptionStore>(),
            s.GetRequiredService<WebhookProfileCatalogue>(),
            s.GetRequiredService<IWebhookSecretProtector>()));
        services.AddHostedService<RetentionService>();
    }

    private static void AddPublishing(IServiceCollection services)
    {
        services.TryAddSingleton<WebhookMetrics>();
        services.TryAddSingleton<EventFactory>();
        services.TryAddSingleton<IWebhookPublisher, WebhookPublisher>();
    }

    private static IHttpClientBuilder AddDispatching(IServiceCollection services)
    {
        services.TryAddSingleton<HostResolver>(System.Net.Dns.GetHostAddressesAsync);
        services.TryAddSingleton<EndpointPreparer>();
        services.TryAddSingleton<IWebhookDispatcher, HttpWebhookDispatcher>();
        services.TryAddSingleton<ITestDelivery, TestDelivery>();
        services.AddHostedService<DeliveryWorker>();

        // The handler lives as long as the process, as its connections should; it renews them itself, so the factory must not rotate it.
        // The factory's loggers are removed because they log URLs.
        return services.AddHttpClient(HttpWebhookDispatcher.ClientName)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(s => WebhookHttpHandler.Create(
                s.GetRequiredService<IOptions<DispatchOptions>>().Value,
                s.GetRequiredService<AddressRules>(),
                s.GetRequiredService<HostResolver>(),
                s.GetRequiredService<IOptionsMonitor<SslClientAuthenticationOptions>>().Get(HttpWebhookDispatcher.ClientName)));
    }
}
