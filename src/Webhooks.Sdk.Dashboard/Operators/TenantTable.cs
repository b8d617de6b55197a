using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Operators;

/// <summary>The tenants with their webhooks and their traffic, the busiest first. Reads a bounded number of webhooks and says when there are more.</summary>
internal static class TenantTable
{
    private const int MaxWebhooks = 2000;
    private const int MaxRows = 100;

    private sealed record Row(string TenantId, int Webhooks, int On, long Delivered, long Failed);

    public static async ValueTask<Markup> ReadAsync(
        IWebhookSubscriptions subscriptions, IWebhookDeliveries deliveries, Frame frame, CancellationToken cancellationToken)
    {
        var period = frame.Options.ChartPeriod;
        var (webhooks, isAll) = await ReadWebhooksAsync(subscriptions, cancellationToken);
        var traffic = (await deliveries.SummariseAsync(new AttemptSummaryQuery { Since = frame.Now - period, Step = period }, cancellationToken))
            .ToLookup(s => s.TenantId, StringComparer.Ordinal);
        var counts = webhooks.ToLookup(w => w.TenantId, StringComparer.Ordinal);
        var rows = counts.Select(c => c.Key).Union(traffic.Select(t => t.Key), StringComparer.Ordinal)
            .Select(t => new Row(t, counts[t].Count(), counts[t].Count(w => w.IsEnabled), traffic[t].Sum(s => s.Delivered), traffic[t].Sum(s => s.Failed)))
            .OrderByDescending(r => r.Delivered + r.Failed).ThenBy(r => r.TenantId, StringComparer.Ordinal)
            .ToList();

        return Html($"""
            <section aria-labelledby="tenants-title"><h2 id="tenants-title">Tenants</h2>
            <div id="tenants" data-live>
            {(rows.Count == 0 ? Html($"""<p class="nothing">Nobody has a webhook yet.</p>""") : Table(rows.Take(MaxRows), Texts.Duration(period)))}
            {When(rows.Count > MaxRows || !isAll, Html($"""<p class="note">{(isAll ? $"The busiest {MaxRows} of {rows.Count} tenants." : $"There are more than {MaxWebhooks} webhooks: tenants whose webhooks are newer count by their traffic only.")}</p>"""))}
            </div></section>
            """);
    }

    private static Markup Table(IEnumerable<Row> rows, string period) => Html($"""
        <table class="stack card"><caption class="hidden">Tenants and their traffic in the last {period}</caption>
        <thead><tr><th scope="col">Tenant</th><th scope="col">Webhooks</th><th scope="col">Delivered, {period}</th><th scope="col">Failed attempts</th><th scope="col">Success</th></tr></thead>
        <tbody>{Each(rows, r => Html($"""
            <tr><th scope="row">{r.TenantId}</th><td data-label="Webhooks">{r.Webhooks}{When(r.On != r.Webhooks, Html($" ({r.On} on)"))}</td><td data-label="Delivered">{Texts.Number(r.Delivered)}</td><td data-label="Failed attempts">{Texts.Number(r.Failed)}</td><td data-label="Success">{(r.Delivered + r.Failed == 0 ? "–" : Texts.Percent(r.Delivered, r.Delivered + r.Failed))}</td></tr>
            """))}</tbody></table>
        """);

    private static async ValueTask<(List<WebhookSubscription> Webhooks, bool IsAll)> ReadWebhooksAsync(IWebhookSubscriptions subscriptions, CancellationToken cancellationToken)
    {
        List<WebhookSubscription> all = [];
        var query = new SubscriptionQuery { PageSize = Page<WebhookSubscription>.MaxSize };
        do
        {
            var page = await subscriptions.ListAsync(query, cancellationToken);
            all.AddRange(page.Items);
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null && all.Count < MaxWebhooks);
        return (all, query.Cursor is null);
    }
}
