using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>What can be done with one webhook. A plain disclosure: it opens without script too.</summary>
internal static class WebhookMenu
{
    public static Markup Of(Frame frame, WebhookSubscription webhook) => Html($"""
        <details class="menu">
        <summary class="button quiet"><span class="hidden">Actions for {Texts.NameOf(webhook)}</span>{Icons.More}</summary>
        <ul>
        {Item(frame, webhook, "edit", "Edit")}
        {Item(frame, webhook, "test", "Send Test Event")}
        {Item(frame, webhook, "failed", "Failed Events")}
        {When(webhook.Secrets.Count > 0, Item(frame, webhook, "rotate", "New Secret", isDialog: true))}
        {Item(frame, webhook, "delete", "Delete", isDialog: true, isBad: true)}
        </ul>
        </details>
        """);

    private static Markup Item(Frame frame, WebhookSubscription webhook, string page, string text, bool isDialog = false, bool isBad = false) =>
        Html($"""<li><a class="{(isBad ? "bad" : "")}" href="{frame.Urls.Webhook(webhook.Id, page)}"{When(isDialog, Html($" data-dialog"))}>{text}</a></li>""");
}
