using System.Globalization;
using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Log;

/// <summary>Sends everything again that failed or was missed since a time.</summary>
internal static class RecoverEvents
{
    private static readonly (int Hours, string Text)[] Periods =
        [(1, "the last hour"), (6, "the last 6 hours"), (24, "the last 24 hours"), (24 * 7, "the last 7 days"), (24 * 30, "the last 30 days")];

    public static async ValueTask<IResult> RunAsync(DashboardContext context)
    {
        var webhook = await context.FindWebhookAsync();
        var back = context.Urls.Webhook(webhook.Id, "failed");
        if (!webhook.IsEnabled)
        {
            return DashboardContext.Done(back, "off");
        }

        // An unknown number is nobody's choice; the shortest period does the least.
        var asked = int.TryParse(context.Form["hours"], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? hours : 0;
        var period = TimeSpan.FromHours(Periods.Any(p => p.Hours == asked) ? asked : Periods[0].Hours);
        return DashboardContext.Done(back, "recovered", await context.Deliveries.RecoverAsync(webhook.Id, context.Frame.Now - period, context.Cancel));
    }

    public static Markup Form(Frame frame, string webhook) => Html($"""
        <form class="recover card" method="post" action="{frame.Urls.Webhook(webhook, "recover")}" data-quick>{frame.Token.Input}
        <label for="hours">Resend everything that failed or was missed in</label>
        <div class="together"><select id="hours" name="hours">{Each(Periods, p => Html($"""<option value="{p.Hours}"{When(p.Hours == 24, Html($" selected"))}>{p.Text}</option>"""))}</select>
        <button class="button primary" type="submit">{Icons.Again}Resend all</button></div>
        </form>
        """);
}
