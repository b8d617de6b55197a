using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.PostgreSql.Subscriptions;

/// <summary>Subscriptions in PostgreSQL, answered from memory. Changes of this node show at once, those of the others as soon as they are heard of.</summary>
internal sealed class PostgreSqlSubscriptionStore : IWebhookSubscriptionStore, IDisposable
{
    private readonly Database _database;
    private readonly SubscriptionSql _sql;
    private readonly SubscriptionCache _cache = new();
    private readonly SubscriptionSync _sync;
    private readonly string _channel;
    private readonly string _hint;

    public PostgreSqlSubscriptionStore(Database database, ILogger<PostgreSqlSubscriptionStore> logger)
    {
        _database = database;
        _sql = new SubscriptionSql(database.Schema, database.Options.Clock);
        _sync = new SubscriptionSync(database, _sql, _cache, logger);
        _channel = Listener.ChannelOf(database.Schema);
        _hint = Listener.SubscriptionsHint + database.Node;
        database.Listener.OnSubscriptions = _sync.Look;
    }

    public ValueTask<IReadOnlyList<WebhookSubscription>> MatchAsync(string tenantId, string eventType, CancellationToken cancellationToken)
    {
        return _sync.IsLoaded ? new(_cache.Match(tenantId, eventType)) : LoadFirst();

        async ValueTask<IReadOnlyList<WebhookSubscription>> LoadFirst()
        {
            await _sync.LoadAsync(cancellationToken);
            return _cache.Match(tenantId, eventType);
        }
    }

    public ValueTask<WebhookSubscription?> FindAsync(string id, CancellationToken cancellationToken)
    {
        return _sync.IsLoaded ? new(_cache.Find(id)) : LoadFirst();

        async ValueTask<WebhookSubscription?> LoadFirst()
        {
            await _sync.LoadAsync(cancellationToken);
            return _cache.Find(id);
        }
    }

    public async ValueTask<Page<WebhookSubscription>> ListAsync(SubscriptionQuery query, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(query.PageSize, 1, Page<WebhookSubscription>.MaxSize);
        var after = long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : 0;
        await using var connection = await _database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        var command = batch.Add(_sql.List(query.TenantId is not null, query.State is not null)).With(after).With(size + 1);
        _ = query.TenantId is null ? command : command.With(query.TenantId);
        _ = query.State is not { } state ? command : command.With((short)state);

        await using var reader = await _database.ReadAsync(batch, cancellationToken);
        var items = new List<WebhookSubscription>();
        var last = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (items.Count == size)
            {
                return new(items, last.ToString(CultureInfo.InvariantCulture));
            }

            var row = SubscriptionRow.Read(reader);
            items.Add(row.Subscription!);
            last = row.Sequence;
        }

        return new(items, null);
    }

    public async ValueTask<AddOutcome> AddAsync(WebhookSubscription subscription, int? maxPerTenant, CancellationToken cancellationToken)
    {
        await _sync.LoadAsync(cancellationToken);
        await using var connection = await _database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(_sql.TakeChange);
        batch.Add(_sql.Add).With(subscription).With((long?)maxPerTenant).With(_channel).With(_hint);
        await using var reader = await _database.ReadAsync(batch, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (exists, change) = (reader.GetBoolean(0), reader.IsDBNull(1) ? (long?)null : reader.GetInt64(1));
        await CommitAsync(reader, cancellationToken);
        if (change is not { } number)
        {
            if (exists)
            {
                // Another node was first, perhaps just now and with the same configuration: from here on this node's events are for it too.
                await reader.DisposeAsync();
                await _sync.ReadNowAsync(cancellationToken);
            }

            return exists ? AddOutcome.DuplicateId : AddOutcome.LimitReached;
        }

        _cache.Apply(subscription.Id, subscription, number);
        return AddOutcome.Added;
    }

    public async ValueTask<bool> UpdateAsync(WebhookSubscription subscription, long expectedVersion, CancellationToken cancellationToken)
    {
        await _sync.LoadAsync(cancellationToken);
        var updated = await ChangeAsync(b => b.Add(_sql.Update).With(subscription).With(expectedVersion).With(_channel).With(_hint), cancellationToken);
        if (updated is not { } change)
        {
            // Somebody else was first; who asks again must see what they made of it.
            await _sync.ReadNowAsync(cancellationToken);
            return false;
        }

        _cache.Apply(subscription.Id, subscription, change);
        return true;
    }

    public async ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await _sync.LoadAsync(cancellationToken);
        if (await ChangeAsync(b => b.Add(_sql.Delete).With(id).With(_channel).With(_hint), cancellationToken) is not { } change)
        {
            return false;
        }

        _cache.Apply(id, null, change);
        return true;
    }

    public async ValueTask<EndpointHealth> RecordHealthAsync(string id, HealthChange change, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(_sql.RecordHealth).With(id).With(change.Succeeded).With(change.FailedAttempts).With(change.ExhaustedDeliveries);
        await using var reader = await _database.ReadAsync(batch, cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(DelayMicroseconds.FromMicroseconds(reader.GetInt64(0)), reader.GetInt32(1), reader.GetInt32(2))
            : default;
    }

    public void Dispose()
    {
        _database.Listener.OnSubscriptions = null;
        _sync.Dispose();
    }

    // The number of the change; null when there was nothing to change.
    private async ValueTask<long?> ChangeAsync(Action<NpgsqlBatch> add, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(_sql.TakeChange);
        add(batch);
        await using var reader = await _database.ReadAsync(batch, cancellationToken);
        var change = await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : (long?)null;
        await CommitAsync(reader, cancellationToken);
        return change;
    }

    // A batch commits when its last answer has been read; an error at that point must come before anybody believes in the change.
    private static async ValueTask CommitAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.NextResultAsync(cancellationToken))
        {
        }
    }
}
