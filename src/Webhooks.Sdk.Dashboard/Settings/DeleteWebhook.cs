using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>Asks, then deletes.</summary>
internal static class DeleteWebhook
{
    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var box = ConfirmBox.Of(
            context.Frame,
            "Delete this webhook?",
            Html($"""
                <p class="url">{webhook.Url}</p>
                <p>Nothing more is sent to it, and what is waiting is given up. This cannot be undone.</p>
                """),
            context.Urls.Webhook(webhook.Id, "delete"),
            context.Urls.Webhook(webhook.Id),
            "Delete",
            "danger");
        return context.Page(new PageContent("Delete this webhook?", box) { Section = "webhooks" });
    }

    public static async ValueTask<IResult> RunAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        await context.Subscriptions.DeleteAsync(webhook.Id, context.Cancel);
        return DashboardContext.Done(context.Urls.Home, "deleted");
    }
}
