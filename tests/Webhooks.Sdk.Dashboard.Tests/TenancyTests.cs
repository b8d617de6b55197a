using System.Net;
using Webhooks.Sdk.Dashboard.Tests.Support;

namespace Webhooks.Sdk.Dashboard.Tests;

public sealed class TenancyTests
{
    [Fact]
    public async Task Everything_of_another_tenant_looks_as_if_it_were_not_there()
    {
        await using var host = await DashboardHost.StartAsync();
        var theirs = await host.SubscribeAsync("theirs", "Their secret project");
        var delivery = await host.DeliverAsync(theirs);
        using var me = host.Visit();
        var webhook = $"{DashboardHost.Path}/webhook/{theirs.Id}";

        string[] pages = ["", "/edit", "/rotate", "/secret", "/delete", "/test", "/failed", $"/deliveries/{delivery.Id}"];
        foreach (var page in pages)
        {
            (await me.OpenAsync(webhook + page, HttpStatusCode.NotFound)).DocumentElement.TextContent.Should().NotContain("Their secret project");
        }

        await me.OpenAsync($"{DashboardHost.Path}/events/{delivery.EventId}", HttpStatusCode.NotFound);
        (await me.OpenAsync(DashboardHost.Path)).DocumentElement.TextContent.Should().NotContain("Their secret project");
    }

    [Fact]
    public async Task Nothing_of_another_tenant_can_be_changed()
    {
        await using var host = await DashboardHost.StartAsync();
        var theirs = await host.SubscribeAsync("theirs");
        var delivery = await host.DeliverAsync(theirs);
        using var me = host.Visit();
        var form = (await me.OpenAsync($"{DashboardHost.Path}/new")).Form("/new");

        string[] actions = ["edit", "switch", "rotate", "delete", "test", "recover", $"deliveries/{delivery.Id}/resend"];
        foreach (var action in actions)
        {
            form.Action = $"{DashboardHost.Path}/webhook/{theirs.Id}/{action}";
            using var answer = await me.PostAsync(form, ("on", "false"), ("tenant_id", "theirs"));
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, "{0} was posted", action);
        }

        (await host.Subscriptions.GetAsync(theirs.Id, TestContext.Current.CancellationToken)).Version.Should().Be(1);
        host.Receiver.Requests.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_tenant_in_a_form_is_not_read()
    {
        await using var host = await DashboardHost.StartAsync();
        using var me = host.Visit();
        var form = (await me.OpenAsync($"{DashboardHost.Path}/new")).Form("/new");

        await me.SubmitAsync(form, ("url", "https://example.com/"), ("tenant_id", "theirs"), ("TenantId", "theirs"));

        (await host.Subscriptions.ListAsync(new() { TenantId = "theirs" }, TestContext.Current.CancellationToken)).Items.Should().BeEmpty();
        (await host.Subscriptions.ListAsync(new() { TenantId = DashboardHost.Tenant }, TestContext.Current.CancellationToken)).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task Who_belongs_to_no_tenant_is_refused()
    {
        await using var host = await DashboardHost.StartAsync();
        using var nobody = host.Visit(tenant: null);

        await nobody.OpenAsync(DashboardHost.Path, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_delivery_is_only_there_under_its_own_webhook()
    {
        await using var host = await DashboardHost.StartAsync();
        var one = await host.SubscribeAsync(types: "review-created");
        var other = await host.SubscribeAsync(types: "something-else");
        var delivery = await host.DeliverAsync(one);
        using var me = host.Visit();

        await me.OpenAsync($"{DashboardHost.Path}/webhook/{one.Id}/deliveries/{delivery.Id}");
        await me.OpenAsync($"{DashboardHost.Path}/webhook/{other.Id}/deliveries/{delivery.Id}", HttpStatusCode.NotFound);
        await me.OpenAsync($"{DashboardHost.Path}/webhook/{one.Id}/deliveries/{Guid.NewGuid()}", HttpStatusCode.NotFound);
        await me.OpenAsync($"{DashboardHost.Path}/webhook/{one.Id}/deliveries/nonsense", HttpStatusCode.NotFound);
    }
}
