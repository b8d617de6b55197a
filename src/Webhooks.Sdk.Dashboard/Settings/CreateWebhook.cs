using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>Makes a webhook and leads to its page, which shows the secret once.</summary>
internal static class CreateWebhook
{
    public static ValueTask<IResult> ShowAsync(DashboardContext context) => new(Page(context, new WebhookForm(), []));

    public static async ValueTask<IResult> RunAsync(DashboardContext context)
    {
        var form = WebhookForm.Read(context.Form);
        var errors = form.Check();
        if (form.Profile is { } profile && !context.Frame.Options.Profiles.Contains(profile))
        {
            errors.Add(new("profile", "profile.not_offered", "is not one of those that can be chosen."));
        }

        if (errors.Count > 0)
        {
            return Page(context, form, errors);
        }

        try
        {
            var created = await context.Subscriptions.CreateAsync(NewOf(form, context.TenantId), context.Cancel);
            var page = context.Urls.Webhook(created.Subscription.Id);
            if (created.Secret is { } secret)
            {
                context.Secrets.Put(context.Http, context.TenantId, created.Subscription.Id, page, secret);
            }

            return DashboardContext.Done(page, "created");
        }
        catch (WebhookValidationException e)
        {
            return Page(context, form, e.Errors);
        }
    }

    private static NewSubscription NewOf(WebhookForm form, string tenantId) => new()
    {
        TenantId = tenantId,
        Url = form.Url,
        Name = form.Name,
        Description = form.Description,
        EventTypes = form.EventTypes,
        Profile = form.Profile,
        Headers = form.HeaderValues(),
        MaxPerSecond = form.RateOf() is > 0 and var rate ? rate : null,
        Ordering = form.Ordering,
    };

    private static PageResult Page(DashboardContext context, WebhookForm form, IReadOnlyList<WebhookError> errors)
    {
        var body = new WebhookFormPage(context, form, errors).Draw("Create Webhook", context.Urls.New, context.Urls.Home, "Create Webhook", isNew: true);
        return context.Page(
            new PageContent(errors.Count > 0 ? "Error: Create Webhook" : "Create Webhook", body) { Section = "webhooks" },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
