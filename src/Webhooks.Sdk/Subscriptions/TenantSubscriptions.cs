using System.Collections.Concurrent;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>
/// One tenant's subscriptions, and for each event type the list of those that want it. Lists are made when they are first asked for after a
/// change, so matching is one look-up and changing is cheap however many subscriptions there are. Durable stores use it as their cache too.
/// </summary>
internal sealed class TenantSubscriptions
{
    // Types come from the host, not from strangers; the bound is only there for a host that makes them up as it goes.
    private const int MaxCachedTypes = 1000;

    private readonly Dictionary<string, WebhookSubscription> _all = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, MatchingSubscriptions> _byType = new(StringComparer.Ordinal);

    public int Count => _all.Count;

    public IReadOnlyList<WebhookSubscription> Match(string eventType)
    {
        var byType = _byType;
        return byType.TryGetValue(eventType, out var matches) ? matches : Find(eventType);
    }

    public void Put(WebhookSubscription subscription)
    {
        lock (_all)
        {
            _all[subscription.Id] = subscription;
            Forget();
        }
    }

    public void Remove(string id)
    {
        lock (_all)
        {
            _all.Remove(id);
            Forget();
        }
    }

    private void Forget()
    {
        if (!_byType.IsEmpty)
        {
            _byType = new(StringComparer.Ordinal);
        }
    }

    private MatchingSubscriptions Find(string eventType)
    {
        lock (_all)
        {
            MatchingSubscriptions matches = new([.. _all.Values.Where(s => s.IsEnabled && s.Filter.Matches(eventType))]);
            if (_byType.Count < MaxCachedTypes)
            {
                _byType[eventType] = matches;
            }

            return matches;
        }
    }
}
