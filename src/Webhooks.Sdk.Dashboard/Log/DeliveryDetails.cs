using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Log;

/// <summary>One delivery: its attempts, newest first, and what was sent. A test event is in the log of attempts only.</summary>
internal static class DeliveryDetails
{
    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var id = context.DeliveryId;
        var query = new DeliveryQuery { TenantId = context.TenantId, SubscriptionId = webhook.Id, DeliveryId = id, PageSize = 100 };
        var delivery = (await context.Deliveries.ListAsync(query, context.Cancel)).Items is [var found] ? found : null;
        var attempts = (await context.Deliveries.ListAttemptsAsync(query, context.Cancel)).Items;
        if (delivery is null && attempts.Count == 0)
        {
            throw new WebhookNotFoundException("delivery", id.ToString());
        }

        var (type, eventId) = delivery is null ? (attempts[0].EventType, attempts[0].EventId) : (delivery.EventType, delivery.EventId);
        var @event = await context.Deliveries.FindEventAsync(eventId, context.Cancel);
        return context.Page(new PageContent(type, Html($"""
            {Trail.To(context.Frame, webhook)}
            <h1>{type}</h1>
            <div id="delivery" data-live>
            <p class="line state">{(delivery is null ? Badges.Test : Badges.Of(delivery))} {(delivery is null ? None : DeliveryRow.Attempts(delivery))}</p>
            <div class="head">
            <p class="note">Event <a class="id" href="{context.Urls.Event(eventId)}">{eventId}</a>{(@event is null ? None : Html($" · {Texts.Time(@event.CreatedAt)}"))}</p>
            {When(delivery is not null && delivery.State != DeliveryState.Pending && webhook.IsEnabled, ResendEvent.Button(context.Frame, webhook.Id, id, "delivery", "Resend"))}
            </div>
            {When(delivery?.FailureReason is not null, Html($"""<p class="why">{Texts.Reason(delivery?.FailureReason ?? default)}.</p>"""))}
            {(attempts.Count == 0 ? Html($"""<p class="nothing">No attempt was made yet.</p>""") : Html($"""<ol class="attempts" reversed>{Each(attempts, AttemptView.Of)}</ol>"""))}
            {Payload(@event)}
            </div>
            """))
        { Section = "webhooks", IsLive = true });
    }

    private static Markup Payload(WebhookEvent? @event) =>
        @event is null ? None : AttemptView.Code("Event data", Texts.Json(@event.Data), isOpen: false);
}
