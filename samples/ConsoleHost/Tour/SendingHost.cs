using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace ConsoleHost.Tour;

/// <summary>An application that sends webhooks: this is all the set-up there is.</summary>
internal sealed class SendingHost : IAsyncDisposable
{
    private readonly IHost _host;

    private SendingHost(IHost host, DeliveryWatch watch)
    {
        _host = host;
        Watch = watch;
    }

    public DeliveryWatch Watch { get; }

    public IWebhookPublisher Publisher => _host.Services.GetRequiredService<IWebhookPublisher>();

    public IWebhookSubscriptions Subscriptions => _host.Services.GetRequiredService<IWebhookSubscriptions>();

    public IWebhookDeliveries Deliveries => _host.Services.GetRequiredService<IWebhookDeliveries>();

    public static async Task<SendingHost> StartAsync(Action<WebhooksBuilder> configure, CancellationToken cancellationToken)
    {
        var watch = new DeliveryWatch();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IWebhookObserver>(watch);
        builder.Services.AddWebhooks(webhooks =>
        {
            webhooks.AddEvent("review-created", "A customer submits a rating or review.", PayloadJson.Default.ReviewCreated);
            webhooks.AddEvent("message-created", "A customer sends a message.", PayloadJson.Default.MessageCreated);
            webhooks.AddProfile(QuickProfiles.Standard);
            webhooks.AddProfile(QuickProfiles.ReviewSense);
            configure(webhooks);
        });
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new SendingHost(host, watch);
    }

    /// <summary>Ends without waiting for the requests that are out.</summary>
    public async Task EndNowAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        _host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
