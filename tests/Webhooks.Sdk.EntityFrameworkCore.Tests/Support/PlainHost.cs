using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

/// <summary>An application without Entity Framework: its store is in the database where it has its own tables.</summary>
internal sealed class PlainHost : IAsyncDisposable
{
    private readonly IHost _host;

    private PlainHost(IHost host) => _host = host;

    public IWebhookPublisher Publisher => _host.Services.GetRequiredService<IWebhookPublisher>();

    public static async Task<PlainHost> StartAsync(Action<WebhooksBuilder> webhooks)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddWebhooks(w =>
        {
            w.AddEvent<ReviewCreated>("review-created", "A customer submits a rating or review.");
            w.AllowPrivateNetworks();
            webhooks(w);
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new PlainHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
