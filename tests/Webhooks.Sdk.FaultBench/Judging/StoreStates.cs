using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.FaultBench.Receiving;

namespace Webhooks.Sdk.FaultBench.Judging;

/// <summary>What the store says at the end about deliveries that did not arrive.</summary>
internal sealed record StoreStates(IReadOnlySet<DeliveryKey> Failed, IReadOnlySet<DeliveryKey> Pending)
{
    public static async Task<StoreStates> ReadAsync(IWebhookDeliveries deliveries, CancellationToken cancel) =>
        new(await ReadAsync(deliveries, DeliveryState.Failed, cancel), await ReadAsync(deliveries, DeliveryState.Pending, cancel));

    private static async Task<HashSet<DeliveryKey>> ReadAsync(IWebhookDeliveries deliveries, DeliveryState state, CancellationToken cancel)
    {
        var keys = new HashSet<DeliveryKey>();
        var query = new DeliveryQuery { State = state, PageSize = Page<WebhookDelivery>.MaxSize };
        do
        {
            var page = await deliveries.ListAsync(query, cancel);
            keys.UnionWith(page.Items.Select(d => new DeliveryKey(d.EventId, d.SubscriptionId)));
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);

        return keys;
    }
}
