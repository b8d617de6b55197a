using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Dashboard.Tests.Docs;

/// <summary>The code of docs/dashboard.md.</summary>
public sealed class DashboardPage
{
    [Fact]
    public async Task One_call_for_each_page()
    {
        await using var app = Build(builder =>
        {
            builder.Services.AddWebhooks(webhooks => webhooks.UseTenantFromClaim("project"));
        });
        app.MapWebhooksDashboard("/settings/webhooks").RequireAuthorization("Owner");
        app.MapWebhooksOperatorDashboard("/admin/webhooks").RequireAuthorization("Operator");

        await RefusesStrangersAsync(app, "/settings/webhooks", "/admin/webhooks");
    }

    [Fact]
    public async Task Under_a_route_with_parameters()
    {
        await using var app = Build(builder => builder.Services.AddWebhooks(webhooks => webhooks.UseTenantFromRoute("project")));
        app.MapGroup("/projects/{project}").RequireAuthorization("OwnerOfProject")
            .MapWebhooksDashboard("/settings/webhooks", dashboard =>
            {
                dashboard.BackUrl = "/projects/{project}/settings";
                dashboard.Profiles.Add("standard");
                dashboard.Profiles.Add("cloudevents");
            });

        await RefusesStrangersAsync(app, "/projects/x/settings/webhooks");
    }

    private static WebApplication Build(Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("Owner", p => p.RequireClaim("project"))
            .AddPolicy("Operator", p => p.RequireClaim(ClaimTypes.Role, "operator"))
            .AddPolicy("OwnerOfProject", p => p.RequireClaim("project"));
        configure(builder);
        return builder.Build();
    }

    private static async Task RefusesStrangersAsync(WebApplication app, params string[] paths)
    {
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            answer.Headers.Location!.ToString().Should().Contain("/Account/Login");
        }
    }
}
