using System.Diagnostics;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.DashboardLoad;

/// <summary>Every page, asked for in turn by one reader after the other.</summary>
internal sealed class Pages(IReadOnlyList<(string Name, string Path)> pages)
{
    public static async Task<Pages> OfAsync(WebhookSubscription webhook, IWebhookDeliveries deliveries, CancellationToken cancellationToken)
    {
        var delivery = (await deliveries.ListAsync(new DeliveryQuery { SubscriptionId = webhook.Id, State = DeliveryState.Delivered, PageSize = 1 }, cancellationToken)).Items[0];
        const string Home = "/settings/webhooks";
        var one = $"{Home}/webhook/{webhook.Id}";
        return new(
        [
            ("Webhooks", Home), ("Create Webhook", $"{Home}/new"), ("one webhook", one), ("one webhook, delivered", $"{one}?state=delivered"),
            ("one webhook, pending", $"{one}?state=pending"), ("one webhook, failed", $"{one}?state=failed"), ("Edit", $"{one}/edit"), ("Failed Events", $"{one}/failed"),
            ("Send Test Event", $"{one}/test"), ("one delivery", $"{one}/deliveries/{delivery.Id}"), ("Events", $"{Home}/events"), ("one event", $"{Home}/events/{delivery.EventId}"),
            ("operator", "/admin/webhooks"),
        ]);
    }

    public async Task<Dictionary<string, List<double>>> AskAsync(string url, CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var times = pages.ToDictionary(p => p.Name, _ => new List<double>());
        while (!stop.IsCancellationRequested)
        {
            foreach (var (name, path) in pages)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), CancellationToken.None);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
                times[name].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return times;
    }
}
