using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries.InMemory;

namespace Webhooks.Sdk.DashboardLoad;

/// <summary>An application with both dashboards, and the endpoint that its events go to.</summary>
internal static class Host
{
    public static async Task<WebApplication> StartAsync(Settings settings, string file, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddWebhooks(webhooks =>
        {
            webhooks.AllowPrivateNetworks().AddEvent("review-created", "A review.", """{"id":7,"rating":5}""");
            if (settings.Postgres is { } connection)
            {
                webhooks.UsePostgreSql(connection, o => o.Schema = "dashboard_load");
            }
            else if (settings.Memory)
            {
                webhooks.Configure<InMemoryStoreOptions>(o => o.MaxAttempts = 100_000);
            }
            else
            {
                webhooks.UseSqlite($"Data Source={file}");
            }
        });
        var app = builder.Build();
        app.MapWebhooksDashboard("/settings/webhooks").AllowAnonymous();
        app.MapWebhooksOperatorDashboard("/admin/webhooks").AllowAnonymous();
        app.MapPost("/hooks", (HttpContext http) => http.Request.Body.CopyToAsync(Stream.Null));
        await app.StartAsync(cancellationToken);
        return app;
    }
}
