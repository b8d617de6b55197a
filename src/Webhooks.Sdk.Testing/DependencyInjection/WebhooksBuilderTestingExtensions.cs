using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Testing.DependencyInjection;
using Webhooks.Sdk.Testing.Driving;
using Webhooks.Sdk.Testing.Recording;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a test's probe into a host.</summary>
public static class WebhooksBuilderTestingExtensions
{
    /// <summary>Gives the whole host the probe's time and lets the probe see and drive its webhooks. Call it after everything else, once.</summary>
    public static WebhooksBuilder UseTestHarness(this WebhooksBuilder webhooks, WebhookProbe probe)
    {
        var services = webhooks.Services;
        services.RemoveAll<TimeProvider>();
        services.AddSingleton<TimeProvider>(probe.Time);
        webhooks.HttpClient.AddHttpMessageHandler(() => new ReadingHandler(probe.Watch.Flights));
        services.Decorate<IWebhookPublisher>((s, inner) => new RecordedPublisher(inner, s.GetRequiredService<WebhookEventCatalogue>(), probe.Records));
        services.Decorate<IWebhookDeliveryStore>((_, inner) => new WatchedDeliveryStore(inner, probe.Watch, probe.Records));
        services.Decorate<IWebhookSubscriptionStore>((_, inner) => new WatchedSubscriptionStore(inner, probe.Watch));
        services.Decorate<IWebhookDispatcher>((_, inner) => new WatchedDispatcher(inner, probe.Watch.Flights));
        services.Decorate<IWebhookObserver>((_, inner) => new WatchedObserver(inner, probe.Watch));
        services.AddSingleton<IWebhookObserver>(new RecordingObserver(probe.Records, probe.Time));

        // The library's own background services, by the assembly that they come from: their names are not public.
        services.Decorate<IHostedService>(
            (s, inner) => new CountedHostedService(inner, probe.Watch, s.GetRequiredService<IOptions<DispatchOptions>>().Value.Enabled),
            service => service.ImplementationType?.Assembly == typeof(IWebhookPublisher).Assembly);
        return webhooks;
    }
}
