using System.Globalization;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Sqlite.Files;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Sqlite.Subscriptions;

/// <summary>
/// Subscriptions in a SQLite file, answered from memory. The file counts their changes: a change of ours is put into memory when it is the next
/// one after what memory holds, and when the count shows that another process was there, everything is read again. The count is looked at with
/// every change, and once a second while the hot path runs.
/// </summary>
internal sealed class SqliteSubscriptionStore(SqliteDatabase database, TimeProvider time) : IWebhookSubscriptionStore
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly SqliteSubscriptionSql _sql = new(database.TablePrefix);
    private readonly Lock _loading = new();
    private volatile SqliteSubscriptionCache? _cache;
    private long _lastLook;

    private readonly record struct StoreChange<T>(T Result, long Changes);

    public ValueTask<IReadOnlyList<WebhookSubscription>> MatchAsync(string tenantId, string eventType, CancellationToken cancellationToken) =>
        new(Fresh().Match(tenantId, eventType));

    public ValueTask<WebhookSubscription?> FindAsync(string id, CancellationToken cancellationToken) => new(Fresh().Find(id));

    public ValueTask<Page<WebhookSubscription>> ListAsync(SubscriptionQuery query, CancellationToken cancellationToken)
    {
        var size = Page<WebhookSubscription>.Clamp(query.PageSize);
        var rows = database.Read(session =>
        {
            using var list = session.Use(query.TenantId is null ? _sql.List : _sql.ListOfTenant).Bind(ReadCursor(query.Cursor));
            if (query.TenantId is not null)
            {
                list.Bind(query.TenantId);
            }

            return Read(list.Bind(Words.Of(query.State)).Bind(size + 1));
        });
        return new(new Page<WebhookSubscription>(
            [.. rows.Take(size).Select(r => r.Subscription)], rows.Count > size ? rows[size - 1].Seq.ToString(CultureInfo.InvariantCulture) : null));
    }

    public async ValueTask<AddOutcome> AddAsync(WebhookSubscription subscription, int? maxPerTenant, CancellationToken cancellationToken)
    {
        var added = await database.WriteAsync(session => Add(session, subscription, maxPerTenant), cancellationToken);
        Follow(added.Changes, added.Result == AddOutcome.Added ? cache => cache.Put(subscription) : null);
        return added.Result;
    }

    public async ValueTask<bool> UpdateAsync(WebhookSubscription subscription, long expectedVersion, CancellationToken cancellationToken)
    {
        var updated = await database.WriteAsync(
            session =>
            {
                using var update = session.Use(_sql.Update).Bind(subscription).Bind(expectedVersion);
                return Counted(session, update.Run() > 0);
            },
            cancellationToken);
        Follow(updated.Changes, updated.Result ? cache => cache.Put(subscription) : null);
        return updated.Result;
    }

    public async ValueTask<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var deleted = await database.WriteAsync(
            session =>
            {
                using var delete = session.Use(_sql.Delete).Bind(id);
                return Counted(session, delete.Run() > 0);
            },
            cancellationToken);
        Follow(deleted.Changes, deleted.Result ? cache => cache.Remove(id) : null);
        return deleted.Result;
    }

    public async ValueTask<EndpointHealth> RecordHealthAsync(string id, HealthChange change, CancellationToken cancellationToken) =>
        await database.WriteAsync(session => RecordHealth(session, id, change), cancellationToken);

    private StoreChange<AddOutcome> Add(SqliteSession session, WebhookSubscription subscription, int? maxPerTenant)
    {
        using (var existing = session.Use(_sql.VersionOf).Bind(subscription.Id))
        {
            if (existing.Step())
            {
                return new(AddOutcome.DuplicateId, ReadChanges(session));
            }
        }

        if (maxPerTenant is { } max)
        {
            using var count = session.Use(_sql.CountOfTenant).Bind(subscription.TenantId);
            if (count.Step() && count.Integer(0) >= max)
            {
                return new(AddOutcome.LimitReached, ReadChanges(session));
            }
        }

        using var insert = session.Use(_sql.Insert).Bind(subscription);
        insert.Run();
        return new(AddOutcome.Added, CountChange(session));
    }

    private StoreChange<bool> Counted(SqliteSession session, bool hasChanged) => new(hasChanged, hasChanged ? CountChange(session) : ReadChanges(session));

    private EndpointHealth RecordHealth(SqliteSession session, string id, HealthChange change)
    {
        var now = time.GetUtcNow().ToMicroseconds();
        long since;
        EndpointHealth before;
        using (var read = session.Use(_sql.ReadHealth).Bind(id))
        {
            if (!read.Step())
            {
                return default;
            }

            since = read.IntegerOrNull(0) ?? now;
            before = new(default, (int)read.Integer(1), (int)read.Integer(2));
        }

        var wasHealthy = before.IsHealthy;
        if (change.Succeeded || wasHealthy)
        {
            (since, before) = (now, default);
        }

        if (change.FailedAttempts == 0 && before.IsHealthy)
        {
            if (!wasHealthy)
            {
                WriteHealth(session, id, null, default);
            }

            return default;
        }

        var health = new EndpointHealth(
            (now - since).ToDuration(), before.FailedAttempts + change.FailedAttempts, before.ExhaustedDeliveries + change.ExhaustedDeliveries);
        WriteHealth(session, id, since, health);
        return health;
    }

    private void WriteHealth(SqliteSession session, string id, long? failingSince, EndpointHealth health)
    {
        using var write = session.Use(_sql.WriteHealth);
        write.Bind(failingSince).Bind(health.FailedAttempts).Bind(health.ExhaustedDeliveries).Bind(id).Run();
    }

    // The hot path: two reads of a field, and once a second a look at one row.
    private SqliteSubscriptionCache Fresh()
    {
        var cache = _cache;
        var lastLook = Volatile.Read(ref _lastLook);
        if (cache is not null && time.GetElapsedTime(lastLook) < LookEvery)
        {
            return cache;
        }

        // Whoever is first looks; the others are answered from what there is.
        if (cache is not null && Interlocked.CompareExchange(ref _lastLook, time.GetTimestamp(), lastLook) != lastLook)
        {
            return cache;
        }

        return cache is not null && database.Read(ReadChanges) == cache.Changes ? cache : Load();
    }

    // Puts our own committed change into memory, where it is the next one; otherwise another process was there in between.
    private void Follow(long changes, Action<SqliteSubscriptionCache>? apply)
    {
        lock (_loading)
        {
            if (_cache is not { } cache || cache.Changes >= changes)
            {
                return;
            }

            if (apply is not null && cache.Changes + 1 == changes)
            {
                apply(cache);
                cache.Changes = changes;
                return;
            }
        }

        Load();
    }

    private SqliteSubscriptionCache Load()
    {
        lock (_loading)
        {
            Volatile.Write(ref _lastLook, time.GetTimestamp());
            return _cache = database.Read(session =>
            {
                using var all = session.Use(_sql.All);
                return new SqliteSubscriptionCache(ReadChanges(session), Read(all).Select(r => r.Subscription));
            });
        }
    }

    private long ReadChanges(SqliteSession session) => ReadOne(session, _sql.ReadChanges);

    private long CountChange(SqliteSession session) => ReadOne(session, _sql.CountChange);

    private static long ReadOne(SqliteSession session, string sql)
    {
        using var statement = session.Use(sql);
        statement.Step();
        var value = statement.Integer(0);
        statement.Step();
        return value;
    }

    private static List<(long Seq, WebhookSubscription Subscription)> Read(SqliteStatement list)
    {
        var rows = new List<(long, WebhookSubscription)>();
        while (list.Step())
        {
            rows.Add(SqliteSubscriptionRow.Read(list));
        }

        return rows;
    }

    private static long ReadCursor(string? cursor) => long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : 0;
}
