using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Dashboard.Tests.Support;

/// <summary>A host on real HTTP whose tenant is whoever the header X-Tenant says: what a person may do is the host's affair, and tested there.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    public const string Tenant = "mine";
    public const string Path = "/settings/webhooks";

    private readonly WebApplication _app;

    private DashboardHost(WebApplication app, WebhookReceiver receiver) => (_app, Receiver) = (app, receiver);

    public WebhookReceiver Receiver { get; }

    public IServiceProvider Services => _app.Services;

    public IWebhookSubscriptions Subscriptions => _app.Services.GetRequiredService<IWebhookSubscriptions>();

    public IWebhookDeliveries Deliveries => _app.Services.GetRequiredService<IWebhookDeliveries>();

    public IWebhookPublisher Publisher => _app.Services.GetRequiredService<IWebhookPublisher>();

    public Uri BaseAddress => new(_app.Urls.First());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<DashboardHost> StartAsync(Action<WebhooksBuilder>? configure = null) =>
        StartAsync(app => app.MapWebhooksDashboard(Path).AllowAnonymous(), configure);

    public static async Task<DashboardHost> StartAsync(Action<WebApplication> map, Action<WebhooksBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddWebhooks(webhooks =>
        {
            webhooks.AllowPrivateNetworks().UseTenant(http => (string?)http.Request.Headers["X-Tenant"]);
            configure?.Invoke(webhooks);
        });
        var app = builder.Build();
        map(app);
        await app.StartAsync(Cancel);
        return new DashboardHost(app, await WebhookReceiver.StartAsync(cancellationToken: Cancel));
    }

    public Visitor Visit(string? tenant = Tenant) => new(BaseAddress, tenant);

    public async Task<WebhookSubscription> SubscribeAsync(string tenant = Tenant, string? name = null, string? url = null, params string[] types) =>
        (await Subscriptions.CreateAsync(new NewSubscription { TenantId = tenant, Url = url ?? Receiver.Url, Name = name, EventTypes = types }, Cancel)).Subscription;

    /// <summary>Publishes one event and waits until it has left the queue.</summary>
    public async Task<WebhookDelivery> DeliverAsync(WebhookSubscription webhook, string type = "review-created", string json = """{"rating":5}""")
    {
        var published = await Publisher.PublishAsync(type, json, webhook.TenantId, Cancel);
        return await UntilAsync(webhook, published.EventId, d => d.State != DeliveryState.Pending);
    }

    /// <summary>Looks until a delivery is as it should be: results are written behind the answer, and no signal of the store is for tests.</summary>
    public async Task<WebhookDelivery> UntilAsync(WebhookSubscription webhook, string eventId, Func<WebhookDelivery, bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        end.CancelAfter(TimeSpan.FromSeconds(30));
        while (await timer.WaitForNextTickAsync(end.Token))
        {
            var query = new DeliveryQuery { SubscriptionId = webhook.Id, EventId = eventId };
            if ((await Deliveries.ListAsync(query, end.Token)).Items is [var delivery] && isSo(delivery))
            {
                return delivery;
            }
        }

        throw new InvalidOperationException("never");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
