using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dashboard.Log;

/// <summary>The last attempt of each delivery on a page: mostly found among the webhook's newest attempts, the rest one by one.</summary>
internal static class LastAnswers
{
    public static async ValueTask<IReadOnlyDictionary<Guid, DeliveryAttemptRecord>> ReadAsync(
        DashboardContext context, string subscriptionId, IReadOnlyList<WebhookDelivery> deliveries)
    {
        var last = new Dictionary<Guid, DeliveryAttemptRecord>();
        if (deliveries.Count == 0)
        {
            return last;
        }

        var query = new DeliveryQuery { TenantId = context.TenantId, SubscriptionId = subscriptionId, PageSize = 2 * deliveries.Count };
        foreach (var attempt in (await context.Deliveries.ListAttemptsAsync(query, context.Cancel)).Items)
        {
            last.TryAdd(attempt.DeliveryId, attempt); // the newest comes first
        }

        foreach (var delivery in deliveries.Where(d => !last.ContainsKey(d.Id) && (d.Attempts > 0 || d.State != DeliveryState.Pending)))
        {
            if ((await context.Deliveries.ListAttemptsAsync(query with { DeliveryId = delivery.Id, PageSize = 1 }, context.Cancel)).Items is [var attempt])
            {
                last.Add(delivery.Id, attempt);
            }
        }

        return last;
    }
}
