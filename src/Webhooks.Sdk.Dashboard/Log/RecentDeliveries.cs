using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Log;

/// <summary>The newest deliveries of a webhook, page by page, all or those in one state.</summary>
internal static class RecentDeliveries
{
    private const int Rows = 20;

    public static async ValueTask<Markup> ReadAsync(DashboardContext context, WebhookSubscription webhook)
    {
        DeliveryState? state = Enum.TryParse<DeliveryState>(context.Query("state"), ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : null;
        var cursor = context.Query("cursor");
        var page = await context.Deliveries.ListAsync(
            new DeliveryQuery { TenantId = context.TenantId, SubscriptionId = webhook.Id, State = state, Cursor = cursor, PageSize = Rows }, context.Cancel);
        var answers = await LastAnswers.ReadAsync(context, webhook.Id, page.Items);
        var here = context.Urls.Webhook(webhook.Id);

        return Html($"""
            <section aria-labelledby="recent-title">
            <div class="head"><h2 id="recent-title">Recent Deliveries</h2>
            <nav aria-label="Filter deliveries"><ul class="tabs">{Each<DeliveryState?>([null, DeliveryState.Delivered, DeliveryState.Pending, DeliveryState.Failed], s => Tab(here, s, state))}</ul></nav></div>
            <div id="no-deliveries" data-live>{When(page.Items.Count == 0, Html($"""<p class="nothing">{Nothing(state)}</p>"""))}</div>
            <ul id="deliveries" class="rows" data-live data-keyed data-news="New deliveries">{Each(page.Items, d => DeliveryRow.Of(context.Urls, d, answers.GetValueOrDefault(d.Id)))}</ul>
            <div id="delivery-pages" data-live>{Paging.Of(UrlOf(here, state), cursor, page.NextCursor, "Newest", "Older")}</div>
            </section>
            """);
    }

    private static string Nothing(DeliveryState? state) => state switch
    {
        DeliveryState.Failed => "No failed deliveries.",
        DeliveryState.Pending => "Nothing is waiting.",
        _ => "Nothing was sent yet. The first event shows up here by itself.",
    };

    private static Markup Tab(string url, DeliveryState? state, DeliveryState? current) =>
        Html($"""<li><a href="{UrlOf(url, state)}"{When(state == current, Html($" aria-current=\"true\""))}>{state?.ToString() ?? "All"}</a></li>""");

    private static string UrlOf(string url, DeliveryState? state) => state is { } s ? $"{url}?state={s.ToString().ToLowerInvariant()}" : url;
}
