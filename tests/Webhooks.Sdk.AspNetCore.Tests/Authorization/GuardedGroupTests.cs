using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.AspNetCore.Authorization;
using Webhooks.Sdk.AspNetCore.Tests.Support;

namespace Webhooks.Sdk.AspNetCore.Tests.Authorization;

public sealed class GuardedGroupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_decision_the_application_does_not_start_and_opens_no_port()
    {
        await using var app = WebHost.Build(a => Map(a));

        var start = async () => await app.StartAsync(Cancel);

        var error = (await start.Should().ThrowAsync<WebhookAuthorizationMissingException>()).Which;
        error.Message.Should().Contain("app.MapThings(\"/things\").RequireAuthorization(\"policy\")").And.Contain("app.MapThings(\"/things\").AllowAnonymous()");
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Should().BeEmpty("the server was never started");
    }

    [Fact]
    public async Task Without_a_decision_in_a_group_around_it_the_application_does_not_start()
    {
        await using var app = WebHost.Build(a => Map(a.MapGroup("/projects/{project}")));

        var start = async () => await app.StartAsync(Cancel);

        await start.Should().ThrowAsync<WebhookAuthorizationMissingException>();
    }

    [Fact]
    public async Task A_host_that_maps_while_it_starts_does_not_start_either()
    {
        using var host = Host.CreateDefaultBuilder().ConfigureWebHost(web => web
            .UseKestrel().UseUrls("http://127.0.0.1:0")
            .ConfigureServices(s => s.AddRouting().AddWebhooks())
            .Configure(app => app.UseRouting().UseEndpoints(e => Map(e)))).Build();

        var start = async () => await host.StartAsync(Cancel);

        await start.Should().ThrowAsync<WebhookAuthorizationMissingException>();
    }

    [Fact]
    public async Task A_fallback_policy_is_not_a_decision()
    {
        await using var app = WebHost.Build(a => Map(a), configure: b => b.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));

        var start = async () => await app.StartAsync(Cancel);

        await start.Should().ThrowAsync<WebhookAuthorizationMissingException>();
    }

    [Theory]
    [MemberData(nameof(Decisions))]
    public async Task With_a_decision_it_starts(string decision)
    {
        await using var app = await WebHost.StartAsync(
            a => Decide(decision, a),
            configure: b => b.Services.AddAuthorizationBuilder().AddPolicy("Owner", p => p.RequireAuthenticatedUser()));

        app.Urls.Should().NotBeEmpty();
    }

    public static TheoryData<string> Decisions => ["anonymous", "policy name", "policy", "group around it", "attribute"];

    [Fact]
    public async Task Without_AddWebhooks_mapping_names_the_call_that_is_missing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var map = () => Map(app);

        map.Should().Throw<InvalidOperationException>().WithMessage("*builder.Services.AddWebhooks*");
    }

    private static void Decide(string decision, WebApplication app)
    {
        switch (decision)
        {
            case "anonymous":
                Map(app).AllowAnonymous();
                break;
            case "policy name":
                Map(app).RequireAuthorization("Owner");
                break;
            case "policy":
                Map(app).RequireAuthorization(p => p.RequireRole("owner"));
                break;
            case "group around it":
                Map(app.MapGroup("/projects/{project}").RequireAuthorization("Owner"));
                break;
            default:
                Map(app).WithMetadata(new AuthorizeAttribute());
                break;
        }
    }

    private static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGuardedGroup("/things", "app.MapThings(\"/things\")", "shows things");
        group.MapGet("", (HttpContext http) => http.Response.WriteAsync("things"));
        return group;
    }
}
