using System.Net;
using Webhooks.Sdk.Dashboard.Tests.Support;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dashboard.Tests;

public sealed class FormTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_from_somewhere_else_changes_nothing()
    {
        await using var host = await DashboardHost.StartAsync();
        var webhook = await host.SubscribeAsync();
        using var me = host.Visit();
        using var stranger = host.Visit();
        var form = (await me.OpenAsync($"{DashboardHost.Path}/webhook/{webhook.Id}/delete")).Form("/delete");
        var theirs = (await stranger.OpenAsync(DashboardHost.Path)).Form("/switch");
        var token = ((AngleSharp.Html.Dom.IHtmlInputElement)theirs.QuerySelector("input[name=webhooks_form]")!).Value;

        using var without = await me.PostAsync(form, ("webhooks_form", null));
        using var foreign = await me.PostAsync(form, ("webhooks_form", token));
        using var garbage = await me.PostAsync(form, ("webhooks_form", "CfDJ8garbage"));
        using var noCookie = await stranger.PostAsync($"{DashboardHost.Path}/webhook/{webhook.Id}/delete", [new("x", "y")]);

        new[] { without, foreign, garbage, noCookie }.Should().OnlyContain(a => a.StatusCode == HttpStatusCode.BadRequest);
        (await host.Subscriptions.GetAsync(webhook.Id, Cancel)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_body_that_is_no_form_or_too_large_is_refused()
    {
        await using var host = await DashboardHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.BaseAddress };
        client.DefaultRequestHeaders.Add("X-Tenant", DashboardHost.Tenant);

        using var json = await client.PostAsync(new Uri($"{DashboardHost.Path}/new", UriKind.Relative), new StringContent("{}"), Cancel);
        using var large = await client.PostAsync(
            new Uri($"{DashboardHost.Path}/new", UriKind.Relative), new FormUrlEncodedContent([new("description", new string('x', 500_000))]), Cancel);

        json.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        ((int)large.StatusCode).Should().BeOneOf(400, 413);
        (await host.Subscriptions.ListAsync(new SubscriptionQuery(), Cancel)).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_refused_stands_at_its_field_and_nothing_typed_is_lost()
    {
        await using var host = await DashboardHost.StartAsync(w => w.AddEvent("review-created", "A review.").ConfigureNetwork(n => n.AllowPrivateNetworks = false));
        using var me = host.Visit();
        var form = (await me.OpenAsync($"{DashboardHost.Path}/new")).Form("/new");

        using var answer = await me.PostAsync(form,
            ("url", "http://example.com/"), ("name", "Ours"), ("events", "some"), ("headers", "no colon"), ("max_per_second", "fast"));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var page = await me.ReadAsync(answer);
        page.Text("#event_types-error").Should().Contain("at least one event");
        page.Text("#headers-error").Should().Contain("Name: value");
        page.Text("#max_per_second-error").Should().Contain("number");
        page.QuerySelector("#headers")!.GetAttribute("aria-describedby").Should().Contain("headers-error");
        page.QuerySelector("#headers")!.GetAttribute("aria-invalid").Should().Be("true");
        page.QuerySelector("#name")!.GetAttribute("value").Should().Be("Ours");
        page.Text("#headers").Should().Be("no colon");

        using var again = await me.PostAsync(page.Form("/new"), ("type", "review-created"), ("headers", ""), ("max_per_second", ""));
        (await me.ReadAsync(again)).Text("#url-error").Should().Contain("https://");
    }

    [Fact]
    public async Task Created_edited_switched_and_deleted()
    {
        await using var host = await DashboardHost.StartAsync(w => w.AddEvent("review-created", "A review.").AddEvent("review-deleted", "No review."));
        using var me = host.Visit();

        var created = await me.SubmitAsync((await me.OpenAsync($"{DashboardHost.Path}/new")).Form("/new"),
            ("url", host.Receiver.Url), ("name", "Ours"), ("events", "some"), ("type", "review-created"), ("headers", "X-Key: 1\r\nX-Other: 2"), ("max_per_second", "2.5"), ("ordering", "fifo"));
        created.Text("h1").Should().Be("Ours");
        var webhook = (await host.Subscriptions.ListAsync(new SubscriptionQuery { TenantId = DashboardHost.Tenant }, Cancel)).Items.Should().ContainSingle().Subject;
        webhook.Should().Match<WebhookSubscription>(w => w.Name == "Ours" && w.MaxPerSecond == 2.5 && w.Ordering == DeliveryOrdering.Fifo && w.IsEnabled);
        webhook.EventTypes.Should().Equal("review-created");
        webhook.Headers.Should().BeEquivalentTo(new Dictionary<string, string> { ["X-Key"] = "1", ["X-Other"] = "2" });

        var path = $"{DashboardHost.Path}/webhook/{webhook.Id}";
        var edit = (await me.OpenAsync($"{path}/edit")).Form("/edit");
        await me.SubmitAsync(edit, ("name", ""), ("events", "all"), ("headers", ""), ("max_per_second", ""));
        (await host.Subscriptions.GetAsync(webhook.Id, Cancel)).Should().Match<WebhookSubscription>(
            w => w.Name == null && w.EventTypes.Count == 0 && w.Headers.Count == 0 && w.MaxPerSecond == null && w.Ordering == DeliveryOrdering.Fifo);

        var list = await me.SubmitAsync((await me.OpenAsync(DashboardHost.Path)).Form("/switch"));
        list.QuerySelector("[role=switch]")!.GetAttribute("aria-checked").Should().Be("false");
        list.Text("#notice").Should().Contain("off");
        (await host.Subscriptions.GetAsync(webhook.Id, Cancel)).State.Should().Be(SubscriptionState.Disabled);

        (await me.SubmitAsync((await me.OpenAsync($"{path}/delete")).Form("/delete"))).Text("#notice").Should().Contain("deleted");
        (await host.Subscriptions.ListAsync(new SubscriptionQuery(), Cancel)).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_change_made_from_an_old_form_is_not_made_over_somebody_elses()
    {
        await using var host = await DashboardHost.StartAsync();
        var webhook = await host.SubscribeAsync(name: "first");
        using var me = host.Visit();
        var old = (await me.OpenAsync($"{DashboardHost.Path}/webhook/{webhook.Id}/edit")).Form("/edit");
        await host.Subscriptions.UpdateAsync(webhook.Id, new SubscriptionUpdate { Name = "second" }, Cancel);

        using var answer = await me.PostAsync(old, ("name", "third"));

        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
        var page = await me.ReadAsync(answer);
        page.QuerySelector("#name")!.GetAttribute("value").Should().Be("second");
        (await host.Subscriptions.GetAsync(webhook.Id, Cancel)).Name.Should().Be("second");
        await me.SubmitAsync(page.Form("/edit"), ("name", "third"));
        (await host.Subscriptions.GetAsync(webhook.Id, Cancel)).Name.Should().Be("third");
    }

    [Fact]
    public async Task A_format_that_is_not_offered_cannot_be_chosen()
    {
        await using var host = await DashboardHost.StartAsync();
        using var me = host.Visit();
        var form = (await me.OpenAsync($"{DashboardHost.Path}/new")).Form("/new");

        using var answer = await me.PostAsync(form, ("url", "https://example.com/"), ("profile", "ratecard"));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }
}
