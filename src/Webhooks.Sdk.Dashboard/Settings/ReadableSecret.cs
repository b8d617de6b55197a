using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>The secret again, for the formats whose owners may read it at any time.</summary>
internal static class ReadableSecret
{
    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        if (context.Profiles.Find(webhook.Profile)?.IsSecretReadable != true)
        {
            throw new WebhookNotFoundException("secret", webhook.Id);
        }

        var secret = await context.Subscriptions.ReadSecretAsync(webhook.Id, context.Cancel);
        return context.Page(new PageContent("Signing secret", Html($"""
            {Trail.To(context.Frame, webhook)}
            <h1>{Texts.NameOf(webhook)}</h1>
            {SecretBox.Of(secret ?? "", "Keep it like a password. It goes out with every request, and you can come back to it here.")}
            """)) { Section = "webhooks" });
    }
}
