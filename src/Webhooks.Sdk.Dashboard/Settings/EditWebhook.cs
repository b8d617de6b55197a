using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>Changes a webhook, unless somebody else has changed it since the form was opened.</summary>
internal static class EditWebhook
{
    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        return Page(context, webhook, FormOf(context, webhook), []);
    }

    public static async ValueTask<IResult> RunAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var form = WebhookForm.Read(context.Form) with { Profile = webhook.Profile };
        if (form.Check() is { Count: > 0 } errors)
        {
            return Page(context, webhook, form, errors);
        }

        try
        {
            await context.Subscriptions.UpdateAsync(webhook.Id, UpdateOf(form), context.Cancel);
            return DashboardContext.Done(context.Urls.Webhook(webhook.Id), "saved");
        }
        catch (WebhookValidationException e)
        {
            return Page(context, webhook, form, e.Errors);
        }
        catch (WebhookConcurrencyException)
        {
            var now = await context.FindWebhookAsync();
            return Page(context, now, FormOf(context, now),
                [new("webhook", "version", "it was changed in the meantime. This is how it is now: make your change again.")], StatusCodes.Status409Conflict);
        }
    }

    private static SubscriptionUpdate UpdateOf(WebhookForm form) => new()
    {
        ExpectedVersion = form.Version,
        Url = form.Url,
        Name = form.Name,
        Description = form.Description,
        EventTypes = form.EventTypes,
        Headers = form.HeaderValues(),
        MaxPerSecond = form.RateOf(),
        Ordering = form.Ordering,
    };

    private static WebhookForm FormOf(DashboardContext context, WebhookSubscription webhook) =>
        WebhookForm.Of(webhook, WebhookFormPage.KnownTypes(context, context.Profiles.Find(webhook.Profile) ?? context.Profiles.Default));

    private static PageResult Page(
        DashboardContext context, WebhookSubscription webhook, WebhookForm form, IReadOnlyList<WebhookError> errors, int refused = StatusCodes.Status422UnprocessableEntity)
    {
        var urls = context.Urls;
        var body = new WebhookFormPage(context, form, errors).Draw("Edit Webhook", urls.Webhook(webhook.Id, "edit"), urls.Webhook(webhook.Id), "Save", isNew: false);
        return context.Page(
            new PageContent(errors.Count > 0 ? "Error: Edit Webhook" : "Edit Webhook", body) { Section = "webhooks" },
            errors.Count > 0 ? refused : StatusCodes.Status200OK);
    }
}
