using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.AspNetCore.Management.Problems;
using Webhooks.Sdk.AspNetCore.Management.Requests;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.AspNetCore.Management.Events;

/// <summary>What this host sends, and one event that it sent.</summary>
internal static class EventEndpoints
{
    private const string Tag = "Events";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/event-types", ListTypes).Describe(Tag, "listEventTypes", "Lists the event types that are sent here, with schema and example.")
            .Produces<EventTypeListView>();
        api.MapGet("/events/{id}", GetAsync).Describe(Tag, "getEvent", "Reads an event, as long as it is kept.", "Where it went: /deliveries?event=.")
            .Produces<EventView>().Refuses(404);
    }

    internal static IResult ListTypes(WebhookEventCatalogue catalogue) =>
        TypedResults.Json(new EventTypeListView { Items = [.. catalogue.Types.Select(EventTypeView.Of)] }, ApiJson.Default.EventTypeListView);

    internal static async Task<IResult> GetAsync(HttpContext http, IWebhookDeliveries deliveries, string id) =>
        await deliveries.FindEventAsync(Parameters.Id(id), http.RequestAborted) is { } found && found.TenantId == http.Tenant()
            ? TypedResults.Json(EventView.Of(found), ApiJson.Default.EventView)
            : Problem.NotFound("event");
}
