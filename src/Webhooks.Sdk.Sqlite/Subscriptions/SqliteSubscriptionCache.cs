using System.Collections.Concurrent;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Sqlite.Subscriptions;

/// <summary>All subscriptions of one moment, in memory: what the hot path is answered from.</summary>
internal sealed class SqliteSubscriptionCache
{
    private readonly ConcurrentDictionary<string, WebhookSubscription> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TenantSubscriptions> _byTenant = new(StringComparer.Ordinal);

    public SqliteSubscriptionCache(long changes, IEnumerable<WebhookSubscription> all)
    {
        Changes = changes;
        foreach (var subscription in all)
        {
            Put(subscription);
        }
    }

    /// <summary>How many changes of subscriptions the file had seen at that moment.</summary>
    public long Changes { get; set; }

    public IReadOnlyList<WebhookSubscription> Match(string tenantId, string eventType) =>
        _byTenant.TryGetValue(tenantId, out var tenant) ? tenant.Match(eventType) : [];

    public WebhookSubscription? Find(string id) => _byId.GetValueOrDefault(id);

    public void Put(WebhookSubscription subscription)
    {
        _byId[subscription.Id] = subscription;
        _byTenant.GetOrAdd(subscription.TenantId, static _ => new TenantSubscriptions()).Put(subscription);
    }

    public void Remove(string id)
    {
        if (_byId.TryRemove(id, out var removed))
        {
            _byTenant[removed.TenantId].Remove(id);
        }
    }
}
