using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Sdk.AspNetCore.Tests.Support;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.AspNetCore.Tests.Docs;

/// <summary>The code of docs/api.md; PagesTests compares the two.</summary>
public sealed class ApiPage
{
    [Fact]
    public async Task The_first_example_starts()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddWebhooks(webhooks => webhooks
            .UseTenantFromClaim("project")
            .AddEvent("review-created", "A customer submits a rating or review.", """{"id":7,"rating":5}"""));
        builder.Services.AddAuthentication(/* yours */);
        builder.Services.AddAuthorizationBuilder().AddPolicy("Owner", policy => policy.RequireRole("owner"));
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        var app = builder.Build();
        app.MapWebhooks("/api/webhooks").RequireAuthorization("Owner");

        await app.StartAsync(TestContext.Current.CancellationToken);
        app.Urls.Should().NotBeEmpty();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("project-1", 200)]
    [InlineData("project-2", 403)]
    public async Task A_member_of_one_project_cannot_type_in_another(string project, int status)
    {
        await using var host = await ApiHost.StartAsync(FromRoute, MapGroup, b => AddPolicy(b.Services.AddAuthorizationBuilder()));

        (await host.GetAsync($"~/projects/{project}/webhooks/subscriptions")).Status.Should().Be(status);
    }

    [Fact]
    public async Task The_document_is_open()
    {
        await using var host = await ApiHost.StartAsync(map: MapDocument);

        (await host.GetAsync("~/openapi/webhooks/github", user: null)).Status.Should().Be(200);
    }

    [Fact]
    public async Task Health_and_protection_are_registered()
    {
        var builder = WebApplication.CreateSlimBuilder();
        AddHealth(builder);
        Protect(builder, Path.Combine(AppContext.BaseDirectory, "keys"));

        await using var app = builder.Build();

        var health = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        health.Entries.Should().ContainKey("webhooks").WhoseValue.Tags.Should().Equal("ready");
        app.Services.GetRequiredService<IWebhookSecretProtector>().Protect("s").Should().StartWith("dp1:");
    }

    private static void FromRoute(WebhooksBuilder webhooks)
    {
        webhooks.UseTenantFromRoute("project");
    }

    private static void AddPolicy(AuthorizationBuilder authorization)
    {
        authorization.AddPolicy("Member", policy => policy.RequireAssertion(context =>
            context.Resource is HttpContext http && context.User.HasClaim("project", (string?)http.GetRouteValue("project") ?? "")));
    }

    private static void MapGroup(WebApplication app)
    {
        app.MapGroup("/projects/{project}").MapWebhooks("/webhooks").RequireAuthorization("Member");
    }

    private static void MapDocument(WebApplication app)
    {
        app.MapWebhooksOpenApi("/openapi/webhooks").AllowAnonymous();
    }

    private static void AddHealth(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddWebhooks(health => health.DegradedAfter = TimeSpan.FromMinutes(2), tags: ["ready"]);
    }

    private static void Protect(WebApplicationBuilder builder, string keys)
    {
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(keys)).SetApplicationName("reviews");
        builder.Services.AddWebhooks(webhooks => webhooks.ProtectSecretsWithDataProtection());
    }
}
