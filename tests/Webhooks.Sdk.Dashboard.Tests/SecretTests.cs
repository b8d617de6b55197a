using System.Net;
using Webhooks.Sdk.Dashboard.Tests.Support;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dashboard.Tests;

public sealed class SecretTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_secret_is_shown_once()
    {
        await using var host = await DashboardHost.StartAsync();
        using var me = host.Visit();

        using var answer = await me.PostAsync((await me.OpenAsync($"{DashboardHost.Path}/new")).Form("/new"), ("url", host.Receiver.Url));
        var page = answer.Headers.Location!.ToString();
        var secret = (await me.OpenAsync(page)).Text("#secret");

        secret.Should().StartWith("whsec_");
        (await me.OpenAsync(page)).QuerySelector("#secret").Should().BeNull("a reload does not show it again");
        var cookie = answer.Headers.GetValues("Set-Cookie").Should().ContainSingle(c => c.StartsWith("webhooks-secret=", StringComparison.Ordinal)).Subject;
        cookie.Should().Contain("httponly").And.Contain("samesite=strict").And.NotContain(secret[6..]);
    }

    [Fact]
    public async Task A_rotated_secret_is_another_one_and_shown_once_too()
    {
        await using var host = await DashboardHost.StartAsync();
        var webhook = await host.SubscribeAsync();
        using var me = host.Visit();

        var page = await me.SubmitAsync((await me.OpenAsync($"{DashboardHost.Path}/webhook/{webhook.Id}/rotate")).Form("/rotate"));

        page.Text("#secret").Should().StartWith("whsec_");
        (await host.Subscriptions.GetAsync(webhook.Id, Cancel)).Secrets.Should().HaveCount(2);
        (await me.OpenAsync($"{DashboardHost.Path}/webhook/{webhook.Id}")).QuerySelector("#secret").Should().BeNull();
    }

    [Fact]
    public async Task The_cookie_of_one_webhook_shows_nothing_on_the_page_of_another()
    {
        await using var host = await DashboardHost.StartAsync();
        var other = await host.SubscribeAsync();
        using var me = host.Visit();
        using var answer = await me.PostAsync((await me.OpenAsync($"{DashboardHost.Path}/new")).Form("/new"), ("url", host.Receiver.Url));
        var value = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("webhooks-secret=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1];

        me.Cookies.Add(host.BaseAddress, new Cookie("webhooks-secret", value, $"{DashboardHost.Path}/webhook/{other.Id}"));

        (await me.OpenAsync($"{DashboardHost.Path}/webhook/{other.Id}")).QuerySelector("#secret").Should().BeNull();
    }

    [Fact]
    public async Task Only_a_format_whose_secret_stays_readable_shows_it_again()
    {
        await using var host = await DashboardHost.StartAsync();
        var readable = await host.Subscriptions.CreateAsync(
            new NewSubscription { TenantId = DashboardHost.Tenant, Url = "https://example.com/", Profile = WebhookProfiles.Ratecard.Name }, Cancel);
        var other = await host.SubscribeAsync();
        using var me = host.Visit();

        (await me.OpenAsync($"{DashboardHost.Path}/webhook/{readable.Subscription.Id}/secret")).Text("#secret").Should().Be(readable.Secret);
        await me.OpenAsync($"{DashboardHost.Path}/webhook/{other.Id}/secret", HttpStatusCode.NotFound);
    }
}
