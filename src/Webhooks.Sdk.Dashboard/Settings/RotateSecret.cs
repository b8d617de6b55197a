using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>Makes a new signing secret, which is shown once.</summary>
internal static class RotateSecret
{
    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var overlap = context.Http.RequestServices.GetRequiredService<IOptions<SubscriptionOptions>>().Value.SecretOverlap;
        var box = ConfirmBox.Of(
            context.Frame,
            "Make a new signing secret?",
            Html($"""
                <p class="url">{webhook.Url}</p>
                <p>It is shown once. The old one still counts for {Texts.Duration(overlap)} where the format has room for two signatures, so that there is time to change it on your side.</p>
                """),
            context.Urls.Webhook(webhook.Id, "rotate"),
            context.Urls.Webhook(webhook.Id),
            "Make a new secret",
            "primary");
        return context.Page(new PageContent("Make a new signing secret?", box) { Section = "webhooks" });
    }

    public static async ValueTask<IResult> RunAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var page = context.Urls.Webhook(webhook.Id);
        if (webhook.Secrets.Count == 0)
        {
            return new SeeOther(page); // the format is not signed: no page of ours offers this
        }

        var rotated = await context.Subscriptions.RotateSecretAsync(webhook.Id, cancellationToken: context.Cancel);
        context.Secrets.Put(context.Http, context.TenantId, webhook.Id, page, rotated.Secret!);
        return DashboardContext.Done(page, "rotated");
    }
}
