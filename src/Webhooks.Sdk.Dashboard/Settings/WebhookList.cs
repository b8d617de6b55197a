using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Charts;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>All webhooks of the tenant, each with its switch, its health and its menu.</summary>
internal static class WebhookList
{
    private const int ChartSteps = 24;

    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var (frame, cursor) = (context.Frame, context.Query("cursor"));
        var page = await context.Subscriptions.ListAsync(new SubscriptionQuery { TenantId = context.TenantId, Cursor = cursor }, context.Cancel);
        var activity = await Activity.ReadAsync(
            context.Deliveries, context.TenantId, [.. page.Items.Select(s => s.Id)], frame.Now, frame.Options.ChartPeriod, ChartSteps, context.Cancel);

        return context.Page(new PageContent(frame.Options.Title, page.Items.Count == 0 ? Empty(frame) : Html($"""
            <div class="head">
            <h1>{frame.Options.Title}</h1>
            <a class="button primary" href="{frame.Urls.New}">{Icons.Plus}Create Webhook</a>
            </div>
            <ul id="webhooks" class="cards" data-live data-keyed>{Each(page.Items, s => Card(frame, s, activity(s.Id)))}</ul>
            {Paging.Of(frame.Urls.Home, cursor, page.NextCursor)}
            """)) { Section = "webhooks", IsLive = true });
    }

    private static Markup Empty(Frame frame) => Html($"""
        <div class="empty">
        <div class="picture">{Icons.Hook}</div>
        <h1>{frame.Options.Title}</h1>
        <p>A webhook tells your own systems what happens here, as it happens: each event is sent to a URL of yours.</p>
        <p><a class="button primary" href="{frame.Urls.New}">{Icons.Plus}Create Webhook</a></p>
        <p><a href="{frame.Urls.Events}">Which events are there?</a></p>
        </div>
        """);

    private static Markup Card(Frame frame, WebhookSubscription webhook, Activity activity) => Html($"""
        <li class="card webhook" data-key="{webhook.Id}">
        {SwitchWebhook.Form(frame, webhook)}
        <div class="what">
        <h2><a href="{frame.Urls.Webhook(webhook.Id)}">{Texts.NameOf(webhook)}</a>{When(webhook.State == SubscriptionState.Suspended, Html($" {Badges.Of(webhook.State)}"))}</h2>
        {When(webhook.Name is not null, Html($"""<p class="url">{webhook.Url}</p>"""))}
        <p class="types">{Texts.EventTypes(webhook)}</p>
        </div>
        <div class="how">
        {HealthChart.Of(activity)}
        <p class="note">{(activity.Attempts == 0 ? "nothing sent" : $"{Texts.Percent(activity.Delivered, activity.Attempts)} of {Texts.Number(activity.Attempts)} succeeded")}</p>
        </div>
        {WebhookMenu.Of(frame, webhook)}
        </li>
        """);
}
