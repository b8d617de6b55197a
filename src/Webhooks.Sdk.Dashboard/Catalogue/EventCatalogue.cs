using System.Text;
using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Log;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Events;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Catalogue;

/// <summary>Which events there are, what they look like, and the way to a single one.</summary>
internal static class EventCatalogue
{
    public static ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        if (context.Query("id")?.Trim() is { Length: > 0 } id)
        {
            return new(new SeeOther(context.Urls.Event(id)));
        }

        return new(context.Page(new PageContent("Events", Html($"""
            <h1>Events</h1>
            <form class="find card" method="get" action="{context.Urls.Events}" role="search">
            <label for="event-id">Where did an event go?</label>
            <div class="together"><input id="event-id" name="id" type="search" autocomplete="off" spellcheck="false" placeholder="Event id" required><button class="button" type="submit">Find</button></div>
            </form>
            {(context.Events.Types.Count == 0 ? Html($"""<p class="nothing">No event types are described here.</p>""") : Html($"""<ul class="cards">{Each(context.Events.Types, Card)}</ul>"""))}
            """))
        { Section = "events" }));
    }

    private static Markup Card(WebhookEventType type) => Html($"""
        <li class="card event"><h2><code>{type.Name}</code></h2><p>{type.Description}</p>
        {When(type.Example is not null, AttemptView.Code($"Example of {type.Name}", Texts.Json(Encoding.UTF8.GetBytes(type.Example ?? "")), isOpen: false))}</li>
        """);
}
