using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>Adds the events to rows that were claimed: each is read once, however many of its deliveries there are.</summary>
internal sealed class ClaimedEvents(Database database, DeliverySql sql, ILogger logger)
{
    private readonly EventCache _cache = new();

    public async ValueTask<IReadOnlyList<ClaimedDelivery>> AddAsync(NpgsqlConnection connection, List<ClaimedRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var events = await FindAsync(connection, rows, cancellationToken);
        var claimed = new List<ClaimedDelivery>(rows.Count);
        List<ClaimedRow>? orphans = null;
        foreach (var row in rows)
        {
            if (!events.TryGetValue(row.Event, out var @event))
            {
                (orphans ??= []).Add(row);
                continue;
            }

            claimed.Add(new ClaimedDelivery
            {
                Event = @event,
                SubscriptionId = row.SubscriptionId,
                SubscriptionName = row.SubscriptionName,
                Attempts = row.Attempts,
                LeaseToken = row.LeaseToken,
            });
        }

        if (orphans is not null)
        {
            await RemoveAsync(connection, orphans, cancellationToken);
        }

        return claimed;
    }

    private async ValueTask<Dictionary<EventKey, WebhookEvent>> FindAsync(NpgsqlConnection connection, List<ClaimedRow> rows, CancellationToken cancellationToken)
    {
        Dictionary<EventKey, WebhookEvent> found = [];
        HashSet<EventKey> missing = [];
        foreach (var row in rows)
        {
            if (_cache.TryGet(row.Event, out var @event))
            {
                found[row.Event] = @event;
            }
            else
            {
                missing.Add(row.Event);
            }
        }

        if (missing.Count == 0)
        {
            return found;
        }

        EventKey[] keys = [.. missing];
        await using var batch = connection.CreateBatch();
        batch.Add(sql.IndexesOnly);
        batch.Add(sql.ReadEvents).With([.. keys.Select(k => k.Id)]).With([.. keys.Select(k => k.StoredAt)]);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new EventKey(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(8));
            found[key] = StoredEventRow.Read(reader);
            _cache.Add(key, found[key]);
        }

        return found;
    }

    private async ValueTask RemoveAsync(NpgsqlConnection connection, List<ClaimedRow> orphans, CancellationToken cancellationToken)
    {
        logger.OrphansRemoved(orphans.Count);
        await using var batch = connection.CreateBatch();
        batch.Add(sql.ListsOnly);
        batch.Add(sql.RemoveOrphans).With([.. orphans.Select(o => o.Id)]).With([.. orphans.Select(o => o.LeaseToken)]);
        await database.ExecuteAsync(batch, cancellationToken);
    }
}
