using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>Turns a webhook on or off. The form says which of the two, so that two clicks on an old page do not undo each other.</summary>
internal static class SwitchWebhook
{
    public static async ValueTask<IResult> RunAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var isOn = context.Form["on"] == "true";
        await (isOn ? context.Subscriptions.EnableAsync(webhook.Id, context.Cancel) : context.Subscriptions.DisableAsync(webhook.Id, null, context.Cancel));
        return DashboardContext.Done(context.Form["from"] == "list" ? context.Urls.Home : context.Urls.Webhook(webhook.Id), isOn ? "enabled" : "disabled");
    }

    public static Markup Form(Frame frame, WebhookSubscription webhook, string from = "list") => Html($"""
        <form method="post" action="{frame.Urls.Webhook(webhook.Id, "switch")}" data-quick>{frame.Token.Input}
        <input type="hidden" name="from" value="{from}"><input type="hidden" name="on" value="{(webhook.IsEnabled ? "false" : "true")}">
        <button class="switch" type="submit" role="switch" aria-checked="{(webhook.IsEnabled ? "true" : "false")}" data-focus="switch-{webhook.Id}"><span class="hidden">{Texts.NameOf(webhook)} receives events</span><span class="knob" aria-hidden="true"></span><span class="word" aria-hidden="true">{(webhook.IsEnabled ? "On" : "Off")}</span></button>
        </form>
        """);

    /// <summary>The same as a button with a word, where the reason for it stands beside it.</summary>
    public static Markup Button(Frame frame, WebhookSubscription webhook, string text) => Html($"""
        <form method="post" action="{frame.Urls.Webhook(webhook.Id, "switch")}">{frame.Token.Input}
        <input type="hidden" name="on" value="{(webhook.IsEnabled ? "false" : "true")}"><button class="button primary" type="submit">{text}</button></form>
        """);
}
