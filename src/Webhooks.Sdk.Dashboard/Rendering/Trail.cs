using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>The way back to where a page belongs.</summary>
internal static class Trail
{
    public static Markup To(Frame frame, WebhookSubscription webhook) => Link(frame.Urls.Webhook(webhook.Id), Texts.NameOf(webhook));

    public static Markup ToAll(Frame frame) => Link(frame.Urls.Home, "All webhooks");

    public static Markup Link(string url, string text) => Html($"""<p class="trail"><a href="{url}"><span aria-hidden="true">←</span> {text}</a></p>""");
}
