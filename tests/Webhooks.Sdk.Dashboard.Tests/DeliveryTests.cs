using Webhooks.Sdk.Dashboard.Tests.Support;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Dashboard.Tests;

public sealed class DeliveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_event_is_sent_at_once_and_its_answer_is_shown()
    {
        await using var host = await DashboardHost.StartAsync(w => w.AddEvent("review-created", "A review.", """{"rating":5}"""));
        host.Receiver.Answer(new WebhookAnswer { Status = 418 }.WithHeader("X-Tea", "green").WithBody("short and stout"));
        var webhook = await host.SubscribeAsync();
        using var me = host.Visit();

        var form = (await me.OpenAsync($"{DashboardHost.Path}/webhook/{webhook.Id}/test")).Form("/test");
        var answer = await me.SubmitAsync(form, ("type", "review-created"));

        answer.Text("#answer").Should().Contain("418").And.Contain("short and stout").And.Contain("X-Tea: green");
        host.Receiver.Requests.Should().ContainSingle().Which.Text.Should().Contain("\"rating\":5");
    }

    [Fact]
    public async Task A_failed_event_is_resent_alone_or_with_all_since_a_time()
    {
        await using var host = await DashboardHost.StartAsync();
        host.Receiver.Answer(410).Then(200);
        var webhook = await host.SubscribeAsync();
        var failed = await host.DeliverAsync(webhook);
        failed.State.Should().Be(DeliveryState.Failed);
        using var me = host.Visit();
        var path = $"{DashboardHost.Path}/webhook/{webhook.Id}";

        (await me.OpenAsync(path)).Text("#trouble").Should().Contain("Suspended").And.Contain("410");
        (await me.OpenAsync($"{path}/failed")).QuerySelectorAll("#failed form").Should().BeEmpty("it is suspended");
        await me.SubmitAsync((await me.OpenAsync(path)).Form("/switch"));
        var page = await me.OpenAsync($"{path}/failed");
        (await me.SubmitAsync(page.Form("/resend"))).Text("#notice").Should().Contain("on its way");
        await host.UntilAsync(webhook, failed.EventId, d => d.State == DeliveryState.Delivered);

        (await me.OpenAsync($"{path}/deliveries/{failed.Id}")).QuerySelectorAll(".attempt").Length.Should().Be(2);
        (await me.OpenAsync($"{path}/failed")).QuerySelectorAll("#failed > li").Should().BeEmpty();
        (await me.SubmitAsync((await me.OpenAsync($"{path}/failed")).Form("/recover"))).Text("#notice").Should().Contain("nothing to send again");

        host.Receiver.Answer(410).Then(200);
        var another = await host.DeliverAsync(webhook);
        await host.Subscriptions.EnableAsync(webhook.Id, Cancel);
        (await me.SubmitAsync((await me.OpenAsync($"{path}/failed")).Form("/recover"), ("hours", "1"))).Text("#notice").Should().Contain("1 event is on its way");
        await host.UntilAsync(webhook, another.EventId, d => d.State == DeliveryState.Delivered);
    }

    [Fact]
    public async Task Rates_success_and_latency_are_drawn_and_told()
    {
        await using var host = await DashboardHost.StartAsync();
        host.Receiver.Answer(200, times: 3).Then(500);
        var webhook = await host.SubscribeAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.DeliverAsync(webhook);
        }

        var last = await host.Publisher.PublishAsync("review-created", "{}", webhook.TenantId, Cancel);
        await host.UntilAsync(webhook, last.EventId, d => d.Attempts == 1);
        using var me = host.Visit();

        var page = await me.OpenAsync($"{DashboardHost.Path}/webhook/{webhook.Id}");
        page.QuerySelectorAll("svg.plot").Select(s => s.GetAttribute("aria-label")).Should().SatisfyRespectively(
            rate => rate.Should().Be("In the last 24 hours: 3 delivered, 1 failed attempt."),
            success => success.Should().Contain("75 %"),
            latency => latency.Should().Contain("Half of the answers"));
        page.QuerySelectorAll("#numbers tbody tr").Length.Should().BeInRange(1, 2);
        page.Text("#deliveries .attempts").Should().StartWith("1 attempt, next");
        (await me.OpenAsync(DashboardHost.Path)).QuerySelector("svg.health")!.GetAttribute("aria-label").Should().Contain("3 delivered, 1 failed");
    }

    [Fact]
    public async Task An_event_says_where_it_went()
    {
        await using var host = await DashboardHost.StartAsync();
        var one = await host.SubscribeAsync(name: "One");
        await host.SubscribeAsync(name: "Two");
        var delivery = await host.DeliverAsync(one, json: """{"text":"Café"}""");
        using var me = host.Visit();

        using var found = await me.AskAsync($"{DashboardHost.Path}/events?id={delivery.EventId}");
        var page = await me.OpenAsync(found.Headers.Location!.ToString());

        page.Text("main").Should().Contain("Café").And.Contain("One").And.Contain("Two");
    }
}
