using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.AspNetCore.Management.Problems;
using Webhooks.Sdk.AspNetCore.Management.Requests;
using Webhooks.Sdk.AspNetCore.Management.Subscriptions;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Deliveries;

/// <summary>The delivery log: deliveries, their attempts, and sending one again.</summary>
internal static class DeliveryEndpoints
{
    private const string Tag = "Deliveries";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/deliveries", ListAsync).Describe(Tag, "listDeliveries", "Lists deliveries, newest first.", "An event on its way to a subscription. Test events are among the attempts only.")
            .Produces<PageView<DeliveryView>>().Refuses(400);
        api.MapGet("/deliveries/{id}", GetAsync).Describe(Tag, "getDelivery", "Reads a delivery with its newest attempts.")
            .Produces<DeliveryWithAttemptsView>().Refuses(404);
        api.MapPost("/deliveries/{id}/resend", ResendAsync).Describe(Tag, "resendDelivery", "Sends a failed or delivered one again, with a fresh schedule.")
            .Produces<ResentView>(202).Refuses(404, 409);
        api.MapGet("/attempts", ListAttemptsAsync).Describe(Tag, "listAttempts", "Lists attempts, newest first.", "With what the endpoint answered. Test events are among them.")
            .Produces<PageView<AttemptView>>().Refuses(400);
    }

    internal static async Task<IResult> ListAsync(
        HttpContext http,
        IWebhookDeliveries deliveries,
        [Description("Only this subscription's.")] string? subscription,
        [FromQuery(Name = "event"), Description("Only this event's.")] string? eventId,
        [AllowedValues("pending", "delivered", "failed"), Description("Only those in this state.")] string? state,
        [FromQuery(Name = "page_size"), Description("Rows a page; what is out of range is clamped.")] string? pageSize,
        [Description("The previous page's next_cursor.")] string? cursor)
    {
        var wrongSize = Parameters.PageSize(pageSize, out var size);
        if ((Parameters.Word<DeliveryState>("state", state, out var only) ?? wrongSize) is { } error)
        {
            return Problem.BadParameter(error);
        }

        var page = await deliveries.ListAsync(
            new DeliveryQuery { TenantId = http.Tenant(), SubscriptionId = OrNull(subscription), EventId = OrNull(eventId), State = only, PageSize = size, Cursor = cursor },
            http.RequestAborted);
        return TypedResults.Json(PageView<DeliveryView>.Of(page, DeliveryView.Of), ApiJson.Default.PageViewDeliveryView);
    }

    internal static async Task<IResult> ListAttemptsAsync(
        HttpContext http,
        IWebhookDeliveries deliveries,
        [Description("Only this subscription's.")] string? subscription,
        [FromQuery(Name = "event"), Description("Only this event's.")] string? eventId,
        [Description("Only this delivery's.")] string? delivery,
        [FromQuery(Name = "page_size"), Description("Rows a page; what is out of range is clamped.")] string? pageSize,
        [Description("The previous page's next_cursor.")] string? cursor)
    {
        var wrongSize = Parameters.PageSize(pageSize, out var size);
        if ((Parameters.Uuid("delivery", delivery, out var deliveryId) ?? wrongSize) is { } error)
        {
            return Problem.BadParameter(error);
        }

        var page = await deliveries.ListAttemptsAsync(
            new DeliveryQuery { TenantId = http.Tenant(), SubscriptionId = OrNull(subscription), EventId = OrNull(eventId), DeliveryId = deliveryId, PageSize = size, Cursor = cursor },
            http.RequestAborted);
        return TypedResults.Json(PageView<AttemptView>.Of(page, AttemptView.Of), ApiJson.Default.PageViewAttemptView);
    }

    internal static async Task<IResult> GetAsync(HttpContext http, IWebhookDeliveries deliveries, string id)
    {
        if (await FindAsync(http, deliveries, id) is not { } delivery)
        {
            return Problem.NotFound("delivery");
        }

        var attempts = await deliveries.ListAttemptsAsync(new DeliveryQuery { TenantId = http.Tenant(), DeliveryId = delivery.Id }, http.RequestAborted);
        return TypedResults.Json(DeliveryWithAttemptsView.Of(delivery, attempts), ApiJson.Default.DeliveryWithAttemptsView);
    }

    internal static async Task<IResult> ResendAsync(HttpContext http, IWebhookDeliveries deliveries, IWebhookSubscriptions subscriptions, string id)
    {
        if (await FindAsync(http, deliveries, id) is not { } delivery)
        {
            return Problem.NotFound("delivery");
        }

        var subscription = await subscriptions.OfTenantAsync(http, delivery.SubscriptionId);
        return subscription.IsEnabled
            ? TypedResults.Json(new ResentView { Outcome = await deliveries.ResendAsync(delivery.Id, http.RequestAborted) }, ApiJson.Default.ResentView, statusCode: 202)
            : SubscriptionOff.Refuse(subscription);
    }

    private static async ValueTask<WebhookDelivery?> FindAsync(HttpContext http, IWebhookDeliveries deliveries, string id) =>
        Guid.TryParse(id, out var guid)
        && await deliveries.ListAsync(new DeliveryQuery { TenantId = http.Tenant(), DeliveryId = guid, PageSize = 1 }, http.RequestAborted) is { Items: [var found] }
            ? found
            : null;

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
