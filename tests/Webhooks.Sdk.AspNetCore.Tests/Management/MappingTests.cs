using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.AspNetCore.Tests.Support;

namespace Webhooks.Sdk.AspNetCore.Tests.Management;

public sealed class MappingTests
{
    [Fact]
    public async Task Under_a_group_with_a_parameter_and_a_path_base_every_address_is_right()
    {
        await using var host = await ApiHost.StartAsync(
            w => w.UseTenantFromRoute("project"),
            app =>
            {
                app.UsePathBase("/base");
                app.UseRouting();
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapGroup("/projects/{project}").RequireAuthorization("Owner").MapWebhooks("/webhooks");
            });
        const string Mine = "~/base/projects/project-1/webhooks";

        var created = await host.PostAsync($"{Mine}/subscriptions", $$"""{"url":"{{host.Receiver.Url}}"}""");
        var document = await host.GetAsync($"{Mine}/openapi.json");

        created.Status.Should().Be(201, created.Text);
        created.Headers["Location"].Should().StartWith("/base/projects/project-1/webhooks/subscriptions/");
        (await host.GetAsync("~" + created.Headers["Location"])).Status.Should().Be(200);
        (await host.GetAsync($"~/base/projects/project-2/webhooks/subscriptions/{created["id"]}")).ShouldBeProblem(404, "not_found");
        document["servers"][0]!["url"]!.ToString().Should().Be("/base/projects/project-1/webhooks");
        document["paths"].AsObject().Select(p => p.Key).Should().Contain("/subscriptions/{id}").And.NotContain(p => p.Contains("project", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_with_one_tenant_needs_to_name_none()
    {
        await using var app = await WebHost.StartAsync(a => a.MapWebhooks().AllowAnonymous());
        using HttpClient client = new() { BaseAddress = new(app.Urls.Single()) };

        var list = await client.GetStringAsync(new Uri("/api/webhooks/subscriptions", UriKind.Relative), TestContext.Current.CancellationToken);

        list.Should().Be("""{"items":[],"next_cursor":null}""");
    }

    [Fact]
    public async Task The_API_may_be_mapped_twice()
    {
        await using var host = await ApiHost.StartAsync(map: app =>
        {
            app.MapWebhooks(ApiHost.Prefix).RequireAuthorization("Owner");
            app.MapWebhooks("/second").RequireAuthorization("Owner");
            app.MapGet("/named", (LinkGenerator links) => links.GetPathByName("Webhooks.listSubscriptions")).AllowAnonymous();
        });

        (await host.GetAsync("/subscriptions")).Status.Should().Be(200);
        (await host.GetAsync("~/second/openapi.json"))["servers"][0]!["url"]!.ToString().Should().Be("/second");
        (await host.GetAsync("~/named")).Text.Should().Be("/api/webhooks/subscriptions");
    }

    [Fact]
    public async Task An_origin_that_the_host_allows_by_CORS_may_change_things()
    {
        await using var host = await ApiHost.StartAsync(
            map: app =>
            {
                app.UseCors();
                app.MapWebhooks(ApiHost.Prefix).RequireAuthorization("Owner").RequireCors("app");
            },
            configure: b => b.Services.AddCors(c => c.AddPolicy("app", p => p.WithOrigins("https://app.example").AllowAnyHeader().AllowAnyMethod())));

        var created = await host.SendAsync("POST", "/subscriptions", $$"""{"url":"{{host.Receiver.Url}}"}""",
            headers: [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://app.example")]);

        created.Status.Should().Be(201, created.Text);
        created.Headers["Access-Control-Allow-Origin"].Should().Be("https://app.example");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    public async Task A_change_that_another_site_makes_is_refused(string header, string value, int status)
    {
        await using var host = await ApiHost.StartAsync();
        var id = (await host.SubscribeAsync())["id"];

        (await host.SendAsync("POST", $"/subscriptions/{id}/disable", headers: (header, value))).Status.Should().Be(status);
        (await host.SendAsync("GET", $"/subscriptions/{id}", headers: (header, value))).Status.Should().Be(200, "reading changes nothing, and the browser keeps the answer from the page");
    }

    [Fact]
    public async Task A_body_without_length_is_refused_once_it_is_too_large()
    {
        await using var host = await ApiHost.StartAsync();

        var refused = await host.SendAsync("POST", "/subscriptions", $$"""{"name":"{{new string('a', 300_000)}}"}""", headers: ("Transfer-Encoding", "chunked"));

        refused.ShouldBeProblem(413, "too_large");
        (await host.GetAsync("/subscriptions"))["items"].AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task The_hosts_own_document_describes_the_API_too()
    {
        await using var host = await ApiHost.StartAsync(
            map: app =>
            {
                app.MapWebhooks(ApiHost.Prefix).RequireAuthorization("Owner");
                app.MapOpenApi().AllowAnonymous();
            },
            configure: b => b.Services.AddOpenApi());

        var own = await host.GetAsync("/openapi.json");
        var theirs = await host.GetAsync("~/openapi/v1.json");

        theirs.Status.Should().Be(200, theirs.Text);
        foreach (var (path, methods) in own["paths"].AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var same = theirs["paths"][ApiHost.Prefix + path]?[method];
                same.Should().NotBeNull($"{method} {path}");
                same!["summary"]!.ToString().Should().Be(operation!["summary"]!.ToString());
                same["operationId"]!.ToString().Should().Be($"Webhooks.{operation["operationId"]}");
                (same["requestBody"] is null).Should().Be(operation["requestBody"] is null);
                same["responses"]!.AsObject().Select(r => r.Key).Should().BeSubsetOf(operation["responses"]!.AsObject().Select(r => r.Key));
            }
        }

        theirs["components"]["schemas"]!.ToJsonString().Should().Contain("event_types").And.NotContain("eventTypes");
    }
}
