using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.AspNetCore.Tenancy;
using Webhooks.Sdk.DependencyInjection;

namespace Webhooks.Sdk.AspNetCore.Tests.Tenancy;

public sealed class TenantResolverTests
{
    [Fact]
    public async Task A_host_that_says_nothing_has_one_tenant() => (await FindAsync(_ => { })).Should().Be("default");

    [Fact]
    public async Task A_claim_names_the_tenant() =>
        (await FindAsync(w => w.UseTenantFromClaim("project"), claims: [new("project", "p-1"), new("project", "p-1")])).Should().Be("p-1");

    [Fact]
    public async Task A_user_without_the_claim_has_no_tenant() => (await FindAsync(w => w.UseTenantFromClaim("project"))).Should().BeNull();

    [Fact]
    public async Task A_user_of_two_projects_has_no_tenant_rather_than_the_first() =>
        (await FindAsync(w => w.UseTenantFromClaim("project"), claims: [new("project", "p-1"), new("project", "p-2")])).Should().BeNull();

    [Fact]
    public async Task A_route_parameter_names_the_tenant() =>
        (await FindAsync(w => w.UseTenantFromRoute("project"), route: new() { ["project"] = "p-1" })).Should().Be("p-1");

    [Fact]
    public async Task A_route_without_the_parameter_has_no_tenant() => (await FindAsync(w => w.UseTenantFromRoute("project"))).Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("line\nbreak")]
    [InlineData("\0")]
    public async Task What_cannot_be_a_tenant_is_none(string value) => (await FindAsync(w => w.UseTenant(_ => value))).Should().BeNull();

    [Fact]
    public async Task A_name_of_257_characters_is_no_tenant() => (await FindAsync(w => w.UseTenant(_ => new string('a', 257)))).Should().BeNull();

    [Fact]
    public async Task Half_a_surrogate_pair_is_no_tenant() => (await FindAsync(w => w.UseTenant(_ => "p-\ud800"))).Should().BeNull();

    [Fact]
    public async Task The_last_resolver_wins() => (await FindAsync(w => w.UseTenantFromClaim("project").UseTenant(_ => "mine"))).Should().Be("mine");

    private static async Task<string?> FindAsync(Action<WebhooksBuilder> configure, Claim[]? claims = null, RouteValueDictionary? route = null)
    {
        ServiceCollection services = new();
        services.AddWebhooks(configure);
        await using var provider = services.BuildServiceProvider();
        DefaultHttpContext http = new() { RequestServices = provider, User = new(new ClaimsIdentity(claims ?? [], "test")) };
        http.Request.RouteValues = route ?? [];
        return await TenantResolver.FindTenantAsync(http);
    }
}
