using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Throughput.Stores;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>The engine as a host runs it. Several nodes of one store are hosts of their own that share nothing but this process.</summary>
internal sealed class Node(IHost host) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public IWebhookPublisher Publisher { get; } = host.Services.GetRequiredService<IWebhookPublisher>();

    public IWebhookSubscriptions Subscriptions { get; } = host.Services.GetRequiredService<IWebhookSubscriptions>();

    public IWebhookDeliveryStore Deliveries { get; } = host.Services.GetRequiredService<IWebhookDeliveryStore>();

    public static async Task<Node> StartAsync(Store store, Action<WebhooksBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(l => l.SetMinimumLevel(LogLevel.Warning).AddProvider(new ErrorOutput()));
        builder.Services.AddWebhooks(webhooks =>
        {
            webhooks.AllowPrivateNetworks().ConfigureDispatch(o => o.MaxConcurrency = o.MaxConcurrencyPerEndpoint = Limits.InFlight);
            store.Use(webhooks);
            configure?.Invoke(webhooks);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new Node(host);
    }

    /// <summary>Only publishes; another node delivers, or nobody does.</summary>
    public static Task<Node> StartPublisherAsync(Store store) => StartAsync(store, w => w.ConfigureDispatch(o => o.Enabled = false));

    public Task SubscribeAsync(Uri url, string? profile = null, string tenant = WebhookSubscription.DefaultTenant) =>
        Subscriptions.CreateAsync(new NewSubscription { Url = url.ToString(), Secret = Limits.Secret, Profile = profile, TenantId = tenant }).AsTask();

    /// <summary>Waits until nothing is in the queue.</summary>
    public async Task SettleAsync()
    {
        while ((await Deliveries.GetBacklogAsync(CancellationToken.None)).Pending > 0)
        {
            await Task.Delay(Look);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
