using Webhooks.Sdk.Dashboard.Tests.Support;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Dashboard.Tests;

public sealed class EncodingTests
{
    private const string Attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_strangers_wrote_stays_text_wherever_it_is_shown()
    {
        await using var host = await DashboardHost.StartAsync(w => w.AddEvent("review-created", $"A review {Attack}", """{"text":"<script>alert(2)</script>"}"""));
        host.Receiver.Answer(new WebhookAnswer { Status = 500 }.WithHeader("X-Answer", "<script>alert(3)</script>").WithBody(Attack + "</pre></details>"));
        var created = await host.Subscriptions.CreateAsync(
            new NewSubscription
            {
                TenantId = DashboardHost.Tenant,
                Url = host.Receiver.UrlFor("/%3Cscript%3E?q=\"><script>alert(4)</script>".Replace("\"", "%22", StringComparison.Ordinal)),
                Name = Attack,
                Description = Attack,
                Headers = new Dictionary<string, string> { ["X-Mine"] = Attack },
            },
            Cancel);
        var webhook = created.Subscription;
        var published = await host.Publisher.PublishAsync("review-created", System.Text.Json.JsonSerializer.Serialize(new { text = Attack }), DashboardHost.Tenant, Cancel);
        var delivery = await host.UntilAsync(webhook, published.EventId, d => d.Attempts == 1);
        await host.Subscriptions.DisableAsync(webhook.Id, Attack, Cancel);
        using var me = host.Visit();

        var path = $"{DashboardHost.Path}/webhook/{webhook.Id}";
        string[] pages = [DashboardHost.Path, path, $"{path}/edit", $"{path}/delete", $"{path}/rotate", $"{path}/test", $"{path}/failed", $"{path}/deliveries/{delivery.Id}", $"{DashboardHost.Path}/events", $"{DashboardHost.Path}/events/{delivery.EventId}"];
        foreach (var url in pages)
        {
            var page = await me.OpenAsync(url);
            page.QuerySelectorAll("script").Should().ContainSingle("{0} has our script only", url).Which.TextContent.Should().BeEmpty();
            page.QuerySelectorAll("img, [onerror]").Should().BeEmpty();
        }

        var details = await me.OpenAsync(path);
        details.Text("h1").Should().Be(Attack);
        details.Text("#facts .text").Should().Be(Attack);
        details.Text("#trouble").Should().Contain(Attack);
        var log = await me.OpenAsync($"{path}/deliveries/{delivery.Id}");
        log.Text("#delivery").Should().Contain(Attack + "</pre></details>").And.Contain("<script>alert(3)</script>");
        var edit = await me.OpenAsync($"{path}/edit");
        edit.QuerySelector("#name")!.GetAttribute("value").Should().Be(Attack);
        edit.Text("#headers").Should().Be($"X-Mine: {Attack}");
    }

    [Fact]
    public async Task What_was_typed_into_a_refused_form_stays_text_too()
    {
        await using var host = await DashboardHost.StartAsync();
        using var me = host.Visit();
        var form = (await me.OpenAsync($"{DashboardHost.Path}/new")).Form("/new");

        using var answer = await me.PostAsync(form,
            ("url", Attack), ("name", Attack), ("description", "</textarea>" + Attack), ("events", "some"), ("other_types", Attack), ("headers", Attack), ("max_per_second", Attack));

        var page = await me.ReadAsync(answer);
        page.QuerySelectorAll("script").Should().ContainSingle();
        page.QuerySelectorAll("img").Should().BeEmpty();
        page.QuerySelector("#url")!.GetAttribute("value").Should().Be(Attack);
        page.Text("#description").Should().Be("</textarea>" + Attack);
    }
}
