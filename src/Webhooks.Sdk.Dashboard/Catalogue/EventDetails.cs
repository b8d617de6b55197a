using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Log;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Catalogue;

/// <summary>One event and where it went.</summary>
internal static class EventDetails
{
    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var id = context.Route("event");
        var cursor = context.Query("cursor");
        var query = new DeliveryQuery { TenantId = context.TenantId, EventId = id, Cursor = cursor, PageSize = 50 };
        var @event = await context.Deliveries.FindEventAsync(id, context.Cancel);
        var deliveries = await context.Deliveries.ListAsync(query, context.Cancel);
        var attempts = deliveries.Items.Count == 0 ? (await context.Deliveries.ListAttemptsAsync(query with { PageSize = 1 }, context.Cancel)).Items : [];
        if (@event?.TenantId != context.TenantId)
        {
            @event = null; // another tenant's event looks as if it were not there
        }

        var type = @event?.Type
            ?? (deliveries.Items is [var delivery, ..] ? delivery.EventType : attempts is [var attempt] ? attempt.EventType : throw new WebhookNotFoundException("event", id));

        var names = await NamesAsync(context, deliveries.Items);
        return context.Page(new PageContent(type, Html($"""
            {Trail.Link(context.Urls.Events, "Events")}
            <h1>{type}</h1>
            <p class="note"><span class="id">{id}</span>{(@event is null ? None : Html($" · {Texts.Time(@event.CreatedAt)}"))}</p>
            {(@event is null ? Html($"""<p class="nothing">What was sent is not kept{When(attempts is [{ IsTest: true }], Html($": it was a test"))}.</p>""") : AttemptView.Code("Event data", Texts.Json(@event.Data), isOpen: true))}
            <h2>Where it went</h2>
            {When(deliveries.Items.Count == 0, Html($"""<p class="nothing">{(attempts is [{ IsTest: true } test] ? "To the webhook that was tested." : "To no webhook.")}</p>"""))}
            <ul id="where" class="rows" data-live data-keyed>{Each(deliveries.Items, d => Row(context.Urls, d, names.GetValueOrDefault(d.SubscriptionId)))}</ul>
            {Paging.Of(context.Urls.Event(id), cursor, deliveries.NextCursor)}
            """))
        { Section = "events", IsLive = true });
    }

    private static Markup Row(DashboardUrls urls, WebhookDelivery delivery, string? name) => Html($"""
        <li data-key="{delivery.Id}" class="plain">{Badges.Of(delivery)}<span class="type">{(name is null ? Html($"a deleted webhook") : Html($"""<a href="{urls.Delivery(delivery.SubscriptionId, delivery.Id)}">{name}</a>"""))}</span><span class="attempts">{DeliveryRow.Attempts(delivery)}</span></li>
        """);

    private static async ValueTask<Dictionary<string, string>> NamesAsync(DashboardContext context, IReadOnlyList<WebhookDelivery> deliveries)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in deliveries.Select(d => d.SubscriptionId).Distinct(StringComparer.Ordinal))
        {
            try
            {
                names.Add(id, Texts.NameOf(await context.Subscriptions.GetAsync(id, context.Cancel)));
            }
            catch (WebhookNotFoundException)
            {
                // deleted since
            }
        }

        return names;
    }
}
