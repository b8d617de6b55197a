using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Log;

/// <summary>Sends one delivery again, with a fresh schedule.</summary>
internal static class ResendEvent
{
    public static async ValueTask<IResult> RunAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var id = context.DeliveryId;
        var back = context.Form["from"] == "failed" ? context.Urls.Webhook(webhook.Id, "failed") : context.Urls.Delivery(webhook.Id, id);
        var query = new DeliveryQuery { TenantId = context.TenantId, SubscriptionId = webhook.Id, DeliveryId = id, PageSize = 1 };
        if ((await context.Deliveries.ListAsync(query, context.Cancel)).Items.Count == 0)
        {
            throw new WebhookNotFoundException("delivery", id.ToString());
        }

        if (!webhook.IsEnabled)
        {
            return DashboardContext.Done(back, "off");
        }

        try
        {
            return DashboardContext.Done(back, await context.Deliveries.ResendAsync(id, context.Cancel) == ResendOutcome.AlreadyPending ? "pending" : "resent");
        }
        catch (WebhookNotFoundException)
        {
            return DashboardContext.Done(back, "gone");
        }
    }

    public static Markup Button(Frame frame, string webhook, Guid delivery, string from, string about) => Html($"""
        <form method="post" action="{frame.Urls.Resend(webhook, delivery)}" data-quick>{frame.Token.Input}<input type="hidden" name="from" value="{from}">
        <button class="button" type="submit">{Icons.Again}Resend{When(from == "failed", Html($"""<span class="hidden"> {about}</span>"""))}</button></form>
        """);
}
