using Microsoft.AspNetCore.Builder;
using Webhooks.Sdk.AspNetCore.Authorization;
using Webhooks.Sdk.Dashboard.Tests.Support;

namespace Webhooks.Sdk.Dashboard.Tests;

public sealed class AuthorizationTests
{
    [Fact]
    public async Task A_dashboard_that_nobody_decided_on_keeps_the_host_from_starting()
    {
        var start = () => DashboardHost.StartAsync(app => app.MapWebhooksDashboard("/hooks"));

        (await start.Should().ThrowAsync<WebhookAuthorizationMissingException>())
            .WithMessage("*app.MapWebhooksDashboard(\"/hooks\")*RequireAuthorization*AllowAnonymous*");
    }

    [Fact]
    public async Task So_does_an_operators_view()
    {
        var start = () => DashboardHost.StartAsync(app => app.MapWebhooksOperatorDashboard("/admin"));

        (await start.Should().ThrowAsync<WebhookAuthorizationMissingException>()).WithMessage("*app.MapWebhooksOperatorDashboard(\"/admin\")*");
    }

    [Fact]
    public void Mapping_it_without_webhooks_names_the_call_that_was_forgotten()
    {
        using var app = WebApplication.CreateSlimBuilder().Build() as IDisposable;

        var map = () => ((WebApplication)app).MapWebhooksDashboard("/hooks");

        map.Should().Throw<InvalidOperationException>().WithMessage("*AddWebhooks*");
    }
}
