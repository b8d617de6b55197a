using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Charts;
using Webhooks.Sdk.Dashboard.Log;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>One webhook: what it is, how it does, and what was sent to it last.</summary>
internal static class WebhookDetails
{
    private const int ChartSteps = 48;

    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var (frame, urls) = (context.Frame, context.Urls);
        var page = urls.Webhook(webhook.Id);
        var secret = context.Secrets.Take(context.Http, context.TenantId, webhook.Id, page);
        var activity = (await Activity.ReadAsync(
            context.Deliveries, context.TenantId, [webhook.Id], frame.Now, frame.Options.ChartPeriod, ChartSteps, context.Cancel))(webhook.Id);
        var recent = await RecentDeliveries.ReadAsync(context, webhook);

        return context.Page(new PageContent(Texts.NameOf(webhook), Html($"""
            {Trail.ToAll(frame)}
            <div class="head">
            <div class="title"><h1>{Texts.NameOf(webhook)}</h1><div id="state" data-live>{SwitchWebhook.Form(frame, webhook, "webhook")}{When(webhook.State == SubscriptionState.Suspended, Badges.Of(webhook.State))}</div></div>
            <div class="buttons"><a class="button" href="{urls.Webhook(webhook.Id, "test")}">{Icons.Send}Send Test Event</a><a class="button" href="{urls.Webhook(webhook.Id, "edit")}">Edit</a>{WebhookMenu.Of(frame, webhook)}</div>
            </div>
            {(secret is null ? None : SecretBox.Of(secret, "Copy it now: it is not shown again. Your system checks with it that a request came from here."))}
            <div id="trouble" data-live>{Trouble(frame, webhook)}</div>
            {Facts(context, webhook)}
            <section aria-labelledby="activity-title"><h2 id="activity-title">{Texts.Sentence(activity.PeriodText)}</h2>{ActivityCharts.Of(activity)}</section>
            {recent}
            """))
        { Section = "webhooks", IsLive = context.Query("cursor") is null });
    }

    private static Markup Trouble(Frame frame, WebhookSubscription webhook) => webhook.State switch
    {
        SubscriptionState.Suspended => Html($"""
            <section class="trouble card" aria-labelledby="trouble-title">
            <h2 id="trouble-title">{Icons.Warning}Suspended</h2>
            <p>{(webhook.StateReason is { } reason ? Texts.Sentence(reason) : "The endpoint failed again and again.")}</p>
            <p>Nothing is sent to it since then: {Texts.Time(webhook.StateChangedAt)}.</p>
            <p>Once your endpoint works again, turn the webhook on and send again what it missed from <a href="{frame.Urls.Webhook(webhook.Id, "failed")}">Failed Events</a>.</p>
            {SwitchWebhook.Button(frame, webhook, "Turn on again")}
            </section>
            """),
        SubscriptionState.Disabled => Html($"""
            <p class="off card">{Icons.Pause}<span>This webhook is off and nothing is sent to it. Turned off: {Texts.Time(webhook.StateChangedAt)}.{When(webhook.StateReason is not null, Html($" {Texts.Sentence(webhook.StateReason ?? "")}"))}</span></p>
            """),
        _ => None,
    };

    private static Markup Facts(DashboardContext context, WebhookSubscription webhook)
    {
        var profile = context.Profiles.Find(webhook.Profile);
        return Html($"""
            <dl id="facts" class="facts card" data-live>
            <div class="wide"><dt>URL</dt><dd class="url">{webhook.Url}</dd></div>
            {When(webhook.Description is not null, Html($"""<div class="wide"><dt>Description</dt><dd class="text">{webhook.Description}</dd></div>"""))}
            <div><dt>Events</dt><dd>{(webhook.Filter.MatchesAll ? Html($"All events") : Html($"""<ul class="tags">{Each(webhook.EventTypes, t => Html($"<li><code>{t}</code></li>"))}</ul>"""))}</dd></div>
            <div><dt>Format</dt><dd>{(profile is { Description.Length: > 0 } ? profile.Description : webhook.Profile)}{When(profile?.IsSecretReadable == true, Html($""" · <a href="{context.Urls.Webhook(webhook.Id, "secret")}">Show the secret</a>"""))}</dd></div>
            {When(webhook.Headers.Count > 0, Html($"""<div><dt>Headers</dt><dd>{string.Join(", ", webhook.Headers.Keys)}</dd></div>"""))}
            {When(webhook.MaxPerSecond is not null, Html($"""<div><dt>Rate</dt><dd>at most {webhook.MaxPerSecond ?? 0} a second</dd></div>"""))}
            {When(webhook.Ordering == DeliveryOrdering.Fifo, Html($"<div><dt>Order</dt><dd>one at a time, as they happened</dd></div>"))}
            <div><dt>Created</dt><dd>{Texts.Time(webhook.CreatedAt)}</dd></div>
            </dl>
            """);
    }
}
