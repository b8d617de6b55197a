using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Log;

/// <summary>Sends a test event and shows what the endpoint answered.</summary>
internal static class SendTest
{
    public static async ValueTask<IResult> ShowAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var test = context.Profiles.Find(webhook.Profile)?.TestEventType ?? context.Profiles.Default.TestEventType;
        var answers = Guid.TryParse(context.Query("sent"), out var sent)
            ? (await context.Deliveries.ListAttemptsAsync(
                new DeliveryQuery { TenantId = context.TenantId, SubscriptionId = webhook.Id, DeliveryId = sent, PageSize = 1 }, context.Cancel)).Items
            : [];
        var chosen = answers is [var answer] ? answer.EventType : test;

        return context.Page(new PageContent("Send Test Event", Html($"""
            {Trail.To(context.Frame, webhook)}
            <div class="narrow">
            <h1>Send Test Event</h1>
            <p>One request, now, to <span class="url">{webhook.Url}</span>, whether the webhook is on or off. It is not tried again and counts for nothing.</p>
            <form class="recover card" method="post" action="{context.Urls.Webhook(webhook.Id, "test")}" data-quick data-busy="Sending…">{context.Frame.Token.Input}
            <label for="type">Event</label>
            <div class="together"><select id="type" name="type">{Each(context.Events.Types.Select(t => t.Name).Append(test).Distinct(StringComparer.Ordinal), t => Html($"""<option{When(t == chosen, Html($" selected"))}>{t}</option>"""))}</select>
            <button class="button primary" type="submit">{Icons.Send}Send Test Event</button></div>
            </form>
            <div id="answer" data-live aria-live="polite">{When(answers.Count > 0, Html($"""
                <section aria-labelledby="answer-title"><h2 id="answer-title">Answer</h2><ol class="attempts">{Each(answers, AttemptView.Of)}</ol></section>
                """))}</div>
            </div>
            """)) { Section = "webhooks" });
    }

    public static async ValueTask<IResult> RunAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var type = context.Form["type"].ToString();
        var result = await context.Subscriptions.SendTestAsync(webhook.Id, context.Events.TryGet(type, out _) ? type : null, context.Cancel);
        return new SeeOther($"{context.Urls.Webhook(webhook.Id, "test")}?sent={await FindAsync(context, webhook.Id, result)}");
    }

    // The log knows the test by the moment at which it began; on a busy webhook others come in between.
    private static async ValueTask<Guid?> FindAsync(DashboardContext context, string webhook, AttemptResult result)
    {
        var query = new DeliveryQuery { TenantId = context.TenantId, SubscriptionId = webhook, PageSize = Page<DeliveryAttemptRecord>.MaxSize };
        var newest = await context.Deliveries.ListAttemptsAsync(query, context.Cancel);
        return newest.Items.FirstOrDefault(a => a.IsTest && (a.Result.StartedAt - result.StartedAt).Duration() < TimeSpan.FromMilliseconds(1))?.DeliveryId;
    }
}
