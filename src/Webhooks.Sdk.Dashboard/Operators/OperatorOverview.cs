using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Operators;

/// <summary>All tenants at a glance: the queue, who is suspended, who sends how much. Neither payloads nor answers: those are their owners'.</summary>
internal static class OperatorOverview
{
    public static async ValueTask<IResult> ShowAsync(HttpContext http, Frame frame)
    {
        var subscriptions = http.RequestServices.GetRequiredService<IWebhookSubscriptions>();
        var deliveries = http.RequestServices.GetRequiredService<IWebhookDeliveries>();
        var backlog = await deliveries.GetBacklogAsync(http.RequestAborted);
        var suspended = await subscriptions.ListAsync(
            new SubscriptionQuery { State = SubscriptionState.Suspended, Cursor = http.Request.Query["suspended"], PageSize = 25 }, http.RequestAborted);
        var tenants = await TenantTable.ReadAsync(subscriptions, deliveries, frame, http.RequestAborted);

        return new PageResult(frame, new PageContent(frame.Options.Title, Html($"""
            <h1>{frame.Options.Title}</h1>
            {Queue(frame, backlog)}
            <section aria-labelledby="suspended-title"><h2 id="suspended-title">Suspended endpoints</h2>
            <div id="suspended" data-live>{(suspended.Items.Count == 0 ? Html($"""<p class="nothing">{Icons.Check} None.</p>""") : Suspended(suspended.Items))}
            {When(suspended.NextCursor is not null, Html($"""<nav class="paging" aria-label="Pages of suspended endpoints"><a class="button" href="{frame.Urls.Home}?suspended={Uri.EscapeDataString(suspended.NextCursor ?? "")}">Next page</a></nav>"""))}</div></section>
            {tenants}
            """))
        { IsLive = true }, StatusCodes.Status200OK);
    }

    private static Markup Queue(Frame frame, DeliveryBacklog backlog) => Html($"""
        <section aria-labelledby="queue-title"><h2 id="queue-title">Queue</h2>
        <dl id="queue" class="figures" data-live>
        <div class="card"><dt>Waiting</dt><dd>{Texts.Number(backlog.Pending)}</dd></div>
        <div class="card"><dt>Being sent</dt><dd>{Texts.Number(backlog.Leased)}</dd></div>
        <div class="card"><dt>Oldest due</dt><dd>{(backlog.OldestDueAt is { } due ? Texts.Duration(Max(frame.Now - due)) : "–")}</dd></div>
        <div class="card"><dt>Failed, not resent</dt><dd>{Texts.Number(backlog.Failed)}</dd></div>
        </dl></section>
        """);

    private static TimeSpan Max(TimeSpan age) => age > TimeSpan.Zero ? age : TimeSpan.Zero;

    private static Markup Suspended(IReadOnlyList<WebhookSubscription> webhooks) => Html($"""
        <table class="stack card"><caption class="hidden">Suspended endpoints</caption>
        <thead><tr><th scope="col">Endpoint</th><th scope="col">Tenant</th><th scope="col">Since</th><th scope="col">Why</th></tr></thead>
        <tbody>{Each(webhooks, w => Html($"""
            <tr><th scope="row"><span class="url">{HostOf(w.Url)}</span></th><td data-label="Tenant">{w.TenantId}</td><td data-label="Since">{Texts.Time(w.StateChangedAt)}</td><td data-label="Why">{w.StateReason ?? "–"}</td></tr>
            """))}</tbody></table>
        """);

    // A path or a query may hold a customer's token.
    private static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.Authority}" : "–";
}
