using System.Collections.Concurrent;
using System.Globalization;
using Webhooks.Sdk.Retries;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>Subscriptions in memory, the default: gone when the process ends. Give them in the configuration, or add a durable store.</summary>
internal sealed class InMemorySubscriptionStore(TimeProvider time) : IWebhookSubscriptionStore
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, KeptSubscription> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TenantSubscriptions> _byTenant = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, KeptSubscription> _inOrder = [];
    private long _lastSequence;

    private sealed class KeptSubscription(long sequence, WebhookSubscription subscription)
    {
        public readonly long Sequence = sequence;
        public volatile WebhookSubscription Subscription = subscription;
        public DateTimeOffset FailingSince;
        public EndpointHealth Health;
    }

    public ValueTask<IReadOnlyList<WebhookSubscription>> MatchAsync(string tenantId, string eventType, CancellationToken cancellationToken) =>
        new(_byTenant.TryGetValue(tenantId, out var tenant) ? tenant.Match(eventType) : []);

    public ValueTask<WebhookSubscription?> FindAsync(string id, CancellationToken cancellationToken) =>
        new(_byId.TryGetValue(id, out var row) ? row.Subscription : null);

    public ValueTask<Page<WebhookSubscription>> ListAsync(SubscriptionQuery query, CancellationToken cancellationToken)
    {
        var after = long.TryParse(query.Cursor, CultureInfo.InvariantCulture, out var cursor) ? cursor : 0;
        var size = Page<WebhookSubscription>.Clamp(query.PageSize);
        lock (_gate)
        {
            var rows = _inOrder.Values
                .Where(r => r.Sequence > after
                    && (query.TenantId is null || r.Subscription.TenantId == query.TenantId)
                    && (query.State is null || r.Subscription.State == query.State))
                .Take(size + 1)
                .ToList();
            var next = rows.Count > size ? rows[size - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
            return new(new Page<WebhookSubscription>([.. rows.Take(size).Select(r => r.Subscription)], next));
        }
    }

    public ValueTask<AddOutcome> AddAsync(WebhookSubscription subscription, int? maxPerTenant, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_byId.ContainsKey(subscription.Id))
            {
                return new(AddOutcome.DuplicateId);
            }

            var tenant = _byTenant.GetOrAdd(subscription.TenantId, static _ => new TenantSubscriptions());
            if (tenant.Count >= maxPerTenant)
            {
                return new(AddOutcome.LimitReached);
            }

            var row = new KeptSubscription(++_lastSequence, subscription);
            _byId[subscription.Id] = row;
            _inOrder[row.Sequence] = row;
            tenant.Put(subscription);
            return new(AddOutcome.Added);
        }
    }

    public ValueTask<bool> UpdateAsync(WebhookSubscription subscription, long expectedVersion, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(subscription.Id, out var row) || row.Subscription.Version != expectedVersion)
            {
                return new(false);
            }

            row.Subscription = subscription;
            _byTenant[subscription.TenantId].Put(subscription);
            return new(true);
        }
    }

    public ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_byId.TryRemove(id, out var row))
            {
                return new(false);
            }

            _inOrder.Remove(row.Sequence);
            var tenant = _byTenant[row.Subscription.TenantId];
            tenant.Remove(id);
            if (tenant.Count == 0)
            {
                _byTenant.TryRemove(row.Subscription.TenantId, out _);
            }

            return new(true);
        }
    }

    public ValueTask<EndpointHealth> RecordHealthAsync(string id, HealthChange change, CancellationToken cancellationToken)
    {
        if (!_byId.TryGetValue(id, out var row))
        {
            return new(default(EndpointHealth));
        }

        lock (row)
        {
            var now = time.GetUtcNow();
            var before = change.Succeeded ? default : row.Health;
            if (before.IsHealthy)
            {
                row.FailingSince = now;
            }

            return new(row.Health = change.FailedAttempts == 0 && before.IsHealthy
                ? default
                : new(now - row.FailingSince, before.FailedAttempts + change.FailedAttempts, before.ExhaustedDeliveries + change.ExhaustedDeliveries));
        }
    }
}
