using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Dashboard.Tests.Support;

namespace Webhooks.Sdk.Dashboard.Tests;

public sealed class PagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_that_a_link_leads_to_keeps_the_rules()
    {
        await using var host = await DashboardHost.StartAsync(w => w.AddEvent("review-created", "A review.", """{"rating":5}"""));
        host.Receiver.On("/broken").Answer(410);
        await host.DeliverAsync(await host.SubscribeAsync(name: "Working"));
        await host.DeliverAsync(await host.SubscribeAsync(name: "Broken", url: host.Receiver.UrlFor("/broken")));
        using var me = host.Visit();

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([DashboardHost.Path, $"{DashboardHost.Path}/webhook/none"]);
        while (open.TryDequeue(out var path))
        {
            if (seen.Add(path))
            {
                using var answer = await me.AskAsync(path);
                var page = await me.ReadAsync(answer);
                Check(path, answer, page);
                foreach (var link in page.Links.OfType<IHtmlAnchorElement>().Where(l => l.GetAttribute("href")![0] != '#'))
                {
                    new Uri(link.Href).Authority.Should().Be(host.BaseAddress.Authority, "{0} links to {1}", path, link.Href);
                    open.Enqueue(new Uri(link.Href).PathAndQuery);
                }
            }
        }

        string[] kinds = ["/new", "/edit", "/rotate", "/delete", "/test", "/failed", "/deliveries/", "/events", "/events/", "?state=failed"];
        kinds.Should().OnlyContain(kind => seen.Any(path => path.Contains(kind)));
    }

    [Theory]
    [InlineData("cursor=nonsense")]
    [InlineData("cursor=99999999999999999999999")]
    [InlineData("cursor=-1&pageSize=2000000000")]
    [InlineData("state=nonsense")]
    [InlineData("state=17")]
    [InlineData("done=%3Cscript%3E&count=-5")]
    public async Task A_strange_query_is_no_error_and_gets_no_larger_page(string query)
    {
        await using var host = await DashboardHost.StartAsync();
        var webhook = await host.SubscribeAsync();
        for (var i = 0; i < 25; i++)
        {
            await host.DeliverAsync(webhook);
        }

        using var me = host.Visit();

        var page = await me.OpenAsync($"{DashboardHost.Path}/webhook/{webhook.Id}?{query}");

        page.QuerySelectorAll("#deliveries > li").Length.Should().BeLessThanOrEqualTo(20);
        page.QuerySelectorAll("script").Should().ContainSingle();
    }

    [Fact]
    public async Task Older_deliveries_are_a_page_away()
    {
        await using var host = await DashboardHost.StartAsync();
        var webhook = await host.SubscribeAsync();
        for (var i = 0; i < 25; i++)
        {
            await host.DeliverAsync(webhook);
        }

        using var me = host.Visit();
        var first = await me.OpenAsync($"{DashboardHost.Path}/webhook/{webhook.Id}");
        var second = await me.OpenAsync(new Uri(((IHtmlAnchorElement)first.QuerySelector("a[rel=next]")!).Href).PathAndQuery);

        var all = first.QuerySelectorAll("#deliveries > li").Concat(second.QuerySelectorAll("#deliveries > li")).Select(l => l.GetAttribute("data-key")).ToList();
        all.Should().HaveCount(25).And.OnlyHaveUniqueItems();
        second.QuerySelectorAll("#deliveries .answer").Should().OnlyContain(a => a.TextContent == "200");
    }

    [Theory]
    [InlineData("/base")]
    [InlineData("")]
    public async Task It_works_under_a_path_base_and_in_a_group_with_parameters(string pathBase)
    {
        await using var host = await DashboardHost.StartAsync((WebApplication app) =>
        {
            app.UsePathBase(pathBase);
            app.UseRouting();
            app.MapGroup("/projects/{project}").MapWebhooksDashboard("/settings/webhooks", o => o.BackUrl = "/projects/{project}/settings").AllowAnonymous();
        }, w => w.UseTenantFromRoute("project"));
        using var me = host.Visit();
        var home = $"{pathBase}/projects/caf%C3%A9%20bar/settings/webhooks";

        var list = await me.OpenAsync(home + "/");
        var created = await me.SubmitAsync((await me.OpenAsync($"{home}/new")).Form("/new"), ("url", host.Receiver.Url));

        new Uri(((IHtmlAnchorElement)list.QuerySelector("a.back")!).Href).AbsolutePath.Should().Be($"{pathBase}/projects/caf%C3%A9%20bar/settings");
        foreach (var asset in created.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!).Concat(created.QuerySelectorAll("script").Select(s => s.GetAttribute("src")!)))
        {
            asset.Should().StartWith(home);
            (await me.AskAsync(asset)).StatusCode.Should().Be(HttpStatusCode.OK);
        }

        created.QuerySelectorAll("a[href], form[action]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("action")!)
            .Where(u => u[0] != '#').Should().OnlyContain(u => u.StartsWith($"{pathBase}/projects/caf%C3%A9%20bar/"));
        (await host.Subscriptions.ListAsync(new() { TenantId = "café bar" }, Cancel)).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task The_assets_may_be_kept_for_good_and_only_under_their_own_version()
    {
        await using var host = await DashboardHost.StartAsync();
        using var me = host.Visit();
        var style = (await me.OpenAsync(DashboardHost.Path)).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        using var kept = await me.AskAsync(style);
        using var old = await me.AskAsync($"{DashboardHost.Path}/assets/0000/dashboard.css");
        using var none = await me.AskAsync($"{DashboardHost.Path}/assets/0000/appsettings.json");

        kept.Headers.CacheControl!.ToString().Should().Contain("immutable").And.Contain("max-age=31536000");
        kept.Content.Headers.ContentType!.ToString().Should().Be("text/css; charset=utf-8");
        old.Headers.CacheControl!.NoStore.Should().BeTrue();
        none.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nothing_that_is_loaded_names_another_origin()
    {
        await using var host = await DashboardHost.StartAsync();
        using var me = host.Visit();
        var page = await me.OpenAsync(DashboardHost.Path);

        foreach (var asset in page.QuerySelectorAll("link[rel=stylesheet], script").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!))
        {
            using var answer = await me.AskAsync(asset);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            text.Should().NotContain("http:").And.NotContain("https:").And.NotContain("//cdn").And.NotContain("@import");
        }
    }

    [Fact]
    public async Task The_operator_sees_every_tenant_but_nobodys_payloads_answers_or_whole_addresses()
    {
        await using var host = await DashboardHost.StartAsync(app => app.MapWebhooksOperatorDashboard("/admin").AllowAnonymous());
        host.Receiver.On("/gone").Answer(new Webhooks.Sdk.Testing.Receiving.WebhookAnswer { Status = 410 }.WithBody("their answer"));
        await host.DeliverAsync(await host.SubscribeAsync("tenant-a"), json: """{"text":"their payload"}""");
        var gone = await host.SubscribeAsync("tenant-b", url: host.Receiver.UrlFor("/gone?token=hush"));
        await host.DeliverAsync(gone);
        using var nobody = host.Visit(tenant: null);

        var page = await nobody.OpenAsync("/admin");

        page.Text("#tenants").Should().Contain("tenant-a").And.Contain("tenant-b");
        page.Text("#suspended").Should().Contain("tenant-b").And.Contain("127.0.0.1");
        page.DocumentElement.OuterHtml.Should().NotContain("hush").And.NotContain("their payload").And.NotContain("their answer");
        page.Text("#queue").Should().Contain("Waiting");
    }

    private static void Check(string path, HttpResponseMessage answer, IHtmlDocument page)
    {
        ((int)answer.StatusCode).Should().BeOneOf([200, 404], path);
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Be(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        page.DocumentElement.GetAttribute("lang").Should().Be("en");
        page.Title.Should().NotBeNullOrWhiteSpace();
        page.QuerySelectorAll("h1").Should().ContainSingle(path);
        page.QuerySelectorAll("main").Should().ContainSingle();
        page.QuerySelectorAll("style, [style]").Should().BeEmpty("{0} keeps to a policy without inline styles", path);
        page.QuerySelectorAll("script").Should().ContainSingle().Which.TextContent.Should().BeEmpty();
        page.All.SelectMany(e => e.Attributes).Should().NotContain(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        page.All.Where(e => e.Id is { Length: > 0 }).Select(e => e.Id).Should().OnlyHaveUniqueItems(path);
        page.QuerySelectorAll("form[method=post]:not(:has(input[name=webhooks_form]))").Should().BeEmpty();
        foreach (var field in page.QuerySelectorAll("main input:not([type=hidden]), main select, main textarea"))
        {
            (field.Closest("label") ?? page.QuerySelector($"label[for='{field.Id}']")).Should().NotBeNull("{0} on {1} has a label", field.OuterHtml, path);
        }
    }
}
