using System.Collections.Concurrent;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.PostgreSql.Subscriptions;

/// <summary>
/// All subscriptions, in memory. Changes come from two sides, this node's own calls and the table, in any order: each carries the number of
/// its change, and an older one never undoes a newer one.
/// </summary>
internal sealed class SubscriptionCache
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, WebhookSubscription> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CachedTenant> _byTenant = new(StringComparer.Ordinal);

    // Removed ones stay here as numbers, so that a row that was read before the removal does not bring them back.
    private readonly Dictionary<string, long> _changes = new(StringComparer.Ordinal);

    /// <summary>One tenant's subscriptions, and for each event type asked for since the last change the list of those that want it.</summary>
    private sealed class CachedTenant
    {
        // Types come from the host, not from strangers; the bound is only there for a host that makes them up as it goes.
        private const int MaxTypes = 1000;

        private readonly Dictionary<string, WebhookSubscription> _all = new(StringComparer.Ordinal);
        private volatile ConcurrentDictionary<string, WebhookSubscription[]> _byType = new(StringComparer.Ordinal);

        public WebhookSubscription[] Match(string eventType)
        {
            if (_byType.TryGetValue(eventType, out var known))
            {
                return known;
            }

            lock (_all)
            {
                WebhookSubscription[] matches = [.. _all.Values.Where(s => s.IsEnabled && s.Filter.Matches(eventType))];
                if (_byType.Count < MaxTypes)
                {
                    _byType[eventType] = matches;
                }

                return matches;
            }
        }

        public void Change(string id, WebhookSubscription? subscription)
        {
            lock (_all)
            {
                if (subscription is null)
                {
                    _all.Remove(id);
                }
                else
                {
                    _all[id] = subscription;
                }

                if (!_byType.IsEmpty)
                {
                    _byType = new(StringComparer.Ordinal);
                }
            }
        }
    }

    public IReadOnlyList<WebhookSubscription> Match(string tenantId, string eventType) =>
        _byTenant.TryGetValue(tenantId, out var tenant) ? tenant.Match(eventType) : [];

    public WebhookSubscription? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Takes over a change; null for a removal.</summary>
    public void Apply(string id, WebhookSubscription? subscription, long change)
    {
        lock (_gate)
        {
            if (_changes.TryGetValue(id, out var known) && known >= change)
            {
                return;
            }

            _changes[id] = change;
            var before = _byId.GetValueOrDefault(id);
            if (before is not null && before.TenantId != subscription?.TenantId)
            {
                _byTenant[before.TenantId].Change(id, null);
            }

            if (subscription is null)
            {
                _byId.TryRemove(id, out _);
                return;
            }

            _byId[id] = subscription;
            _byTenant.GetOrAdd(subscription.TenantId, static _ => new CachedTenant()).Change(id, subscription);
        }
    }

    /// <summary>After the whole table was read: what is not in it and was not changed since is gone.</summary>
    public void Keep(HashSet<string> ids, long readAt)
    {
        foreach (var id in _byId.Keys.Where(id => !ids.Contains(id)))
        {
            Apply(id, null, readAt);
        }

        // The numbers of removals up to here have done their work.
        lock (_gate)
        {
            foreach (var id in _changes.Where(c => c.Value <= readAt && !_byId.ContainsKey(c.Key)).Select(c => c.Key).ToList())
            {
                _changes.Remove(id);
            }
        }
    }
}
