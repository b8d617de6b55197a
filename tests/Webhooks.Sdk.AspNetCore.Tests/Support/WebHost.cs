using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.DependencyInjection;

namespace Webhooks.Sdk.AspNetCore.Tests.Support;

/// <summary>A whole application on Kestrel and loopback.</summary>
internal static class WebHost
{
    public static WebApplication Build(
        Action<WebApplication> map, Action<WebhooksBuilder>? webhooks = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddWebhooks(w =>
        {
            w.AllowPrivateNetworks();
            webhooks?.Invoke(w);
        });
        configure?.Invoke(builder);
        var app = builder.Build();
        map(app);
        return app;
    }

    public static async Task<WebApplication> StartAsync(
        Action<WebApplication> map, Action<WebhooksBuilder>? webhooks = null, Action<WebApplicationBuilder>? configure = null)
    {
        var app = Build(map, webhooks, configure);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
