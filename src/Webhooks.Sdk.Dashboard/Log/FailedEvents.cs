using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Dashboard.Settings;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Log;

/// <summary>What a webhook did not get: each can be sent again, or all since a time.</summary>
internal static class FailedEvents
{
    private const int Rows = 20;

    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var (frame, cursor, here) = (context.Frame, context.Query("cursor"), context.Urls.Webhook(webhook.Id, "failed"));
        var page = await context.Deliveries.ListAsync(
            new DeliveryQuery { TenantId = context.TenantId, SubscriptionId = webhook.Id, State = DeliveryState.Failed, Cursor = cursor, PageSize = Rows }, context.Cancel);
        var answers = await LastAnswers.ReadAsync(context, webhook.Id, page.Items);

        return context.Page(new PageContent("Failed Events", Html($"""
            {Trail.To(frame, webhook)}
            <h1>Failed Events</h1>
            <div id="recover" data-live>{(webhook.IsEnabled ? RecoverEvents.Form(frame, webhook.Id) : Off(frame, webhook))}</div>
            <div id="no-failed" data-live>{When(page.Items.Count == 0, Html($"""<p class="nothing">{Icons.Check} Nothing failed that was not sent again.</p>"""))}</div>
            <ul id="failed" class="rows failed" data-live data-keyed data-news="Newly failed events">{Each(page.Items, d => Row(frame, webhook, d, answers.GetValueOrDefault(d.Id)))}</ul>
            <div id="failed-pages" data-live>{Paging.Of(here, cursor, page.NextCursor, "Newest", "Older")}</div>
            """))
        { Section = "webhooks", IsLive = cursor is null });
    }

    private static Markup Row(Frame frame, WebhookSubscription webhook, WebhookDelivery delivery, DeliveryAttemptRecord? last)
    {
        var url = frame.Urls.Delivery(webhook.Id, delivery.Id);
        return Html($"""
            <li data-key="{delivery.Id}">
            <details data-src="{url}">
            <summary>{Badges.Of(delivery)}<span class="answer">{(last is null ? None : AttemptView.ShortAnswer(last.Result))}</span><span class="type">{delivery.EventType}</span><span class="attempts">{(delivery.FailureReason is { } reason ? Texts.Reason(reason) : "")}</span><span class="when">{Texts.Time(delivery.CompletedAt ?? delivery.CreatedAt)}</span></summary>
            <div class="fold"><p><a href="{url}">Open this delivery</a></p></div>
            </details>
            {When(webhook.IsEnabled, ResendEvent.Button(frame, webhook.Id, delivery.Id, "failed", $"{delivery.EventType} {delivery.EventId}"))}
            </li>
            """);
    }

    private static Markup Off(Frame frame, WebhookSubscription webhook) => Html($"""
        <div class="off card">{Icons.Pause}<p>This webhook is {(webhook.State == SubscriptionState.Suspended ? "suspended" : "off")}. Turn it on before you send anything again.</p>{SwitchWebhook.Button(frame, webhook, "Turn on")}</div>
        """);
}
