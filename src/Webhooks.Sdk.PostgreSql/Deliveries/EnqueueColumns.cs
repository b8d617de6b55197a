using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>The publications of one transaction as columns, for the statements of <see cref="DeliverySql"/> that enqueue.</summary>
internal sealed class EnqueueColumns
{
    private readonly Dictionary<string, (EnqueueCall Call, int Index)>? _owners;
    private readonly List<(EnqueueCall Call, WebhookEvent Event)> _events;
    private readonly List<DeliveryRow> _deliveries;
    private LeaseTokens _leaseTokens = new();

    private readonly record struct DeliveryRow(WebhookEvent Event, DeliveryTarget Target, Guid Id, HandedDelivery? Handed);

    /// <param name="calls">The publications.</param>
    /// <param name="handOff">Where deliveries may be handed to this node's worker; null for the host's own transaction.</param>
    /// <param name="time">For the age of those leases.</param>
    /// <param name="mayRepeat">An id may come twice: it is stored once, for the first. Otherwise the database refuses all of it.</param>
    public EnqueueColumns(IReadOnlyList<EnqueueCall> calls, HandOff? handOff, TimeProvider time, bool mayRepeat)
    {
        _owners = mayRepeat ? new(StringComparer.Ordinal) : null;
        _events = new(calls.Sum(c => c.Batch.Count));
        _deliveries = new(calls.Sum(c => c.DeliveryCount));
        foreach (var call in calls)
        {
            var place = 0;
            for (var i = 0; i < call.Batch.Count; i++)
            {
                var (@event, targets) = (call.Batch[i].Event, call.Batch[i].Targets);
                if (_owners?.TryAdd(@event.Id, (call, i)) != false)
                {
                    _events.Add((call, @event));
                    Add(@event, targets, call.DeliveryIds.AsSpan(place, targets.Count), handOff, time);
                }

                place += targets.Count;
            }
        }
    }

    /// <summary>Deliveries that this node's worker does not get from memory.</summary>
    public bool HasQueued { get; private set; }

    /// <summary>How long the deliveries that are handed over are leased.</summary>
    public TimeSpan Lease { get; private set; }

    /// <summary>Stores what is new and answers with its ids.</summary>
    public void AddTo(NpgsqlBatch batch, DeliverySql sql) => AddDeliveries(AddEvents(batch.Add(sql.Enqueue).With(Ids()).With(Tokens())));

    /// <summary>Stores all of it or, when something is not new, nothing.</summary>
    public void AddNewTo(NpgsqlBatch batch, DeliverySql sql)
    {
        var ids = Ids();
        batch.Add(sql.EnqueueNewKeys).With(ids).With(Tokens());

        // Before the events: the server writes them while the payloads are still on their way.
        AddDeliveries(batch.Add(sql.EnqueueNewDeliveries));
        AddEvents(batch.Add(sql.EnqueueNewEvents).With(ids));
    }

    public void AddOwnKeysTo(NpgsqlBatch batch, DeliverySql sql) => batch.Add(sql.FindOwnKeys).With(Ids()).With(Tokens());

    /// <summary>For each publication which of its events are new; null for all of them.</summary>
    public IReadOnlyList<bool> StoredOf(EnqueueCall call, HashSet<string>? newIds)
    {
        var stored = new bool[call.Batch.Count];
        for (var i = 0; i < stored.Length; i++)
        {
            var id = call.Batch[i].Event.Id;
            stored[i] = newIds is null || (newIds.Contains(id) && (_owners is null || _owners[id] == (call, i)));
        }

        return stored;
    }

    /// <summary>The deliveries that were leased together with their publication, if it was new; the others give their places back.</summary>
    public List<HandedDelivery> HandedOf(HashSet<string>? newIds, HandOff handOff)
    {
        var handed = new List<HandedDelivery>(newIds is null ? _deliveries.Count : 0);
        foreach (var row in _deliveries)
        {
            if (row.Handed is null)
            {
                continue;
            }

            if (newIds?.Contains(row.Event.Id) != false)
            {
                handed.Add(row.Handed.Value);
            }
            else
            {
                handOff.GiveUp(row.Handed.Value.Bytes);
            }
        }

        return handed;
    }

    private NpgsqlBatchCommand AddEvents(NpgsqlBatchCommand command) => command
        .With(EventColumn(e => e.Event.Type)).With(EventColumn(e => e.Event.TenantId)).With(EventColumn(e => e.Event.TenantName))
        .With(EventColumn(e => e.Event.CreatedAt.UtcDateTime))
        .With(EventColumn(e => e.Event.Data))
        .With(EventColumn(e => e.Event.TraceParent))
        .With(EventColumn(e => e.Event.TargetCount));

    private NpgsqlBatchCommand AddDeliveries(NpgsqlBatchCommand command) => command
        .With(DeliveryColumn(d => d.Id))
        .With(DeliveryColumn(d => d.Event.Id))
        .With(DeliveryColumn(d => d.Event.TenantId))
        .With(DeliveryColumn(d => d.Target.SubscriptionId))
        .With(DeliveryColumn(d => d.Target.SubscriptionName))
        .With(DeliveryColumn(d => d.Target.Ordering == DeliveryOrdering.Fifo))
        .With(DeliveryColumn(d => d.Handed?.Claim.LeaseToken))
        .With(DelayMicroseconds.ToMicroseconds(Lease));

    private void Add(WebhookEvent @event, IReadOnlyList<DeliveryTarget> targets, ReadOnlySpan<Guid> ids, HandOff? handOff, TimeProvider time)
    {
        // A subscription that is named twice gets it once; the second row would be refused, but it must not be handed over either.
        var seen = targets.Count > 1 ? new HashSet<string>(targets.Count, StringComparer.Ordinal) : null;
        for (var i = 0; i < targets.Count; i++)
        {
            var target = targets[i];
            if (seen?.Add(target.SubscriptionId) == false)
            {
                continue;
            }

            HandedDelivery? handed = null;
            if (target.Ordering == DeliveryOrdering.Unordered && handOff?.TryReserve(target.SubscriptionId, @event.Data.Length) is { } lease)
            {
                Lease = lease;
                handed = new HandedDelivery(
                    new ClaimedDelivery { Event = @event, SubscriptionId = target.SubscriptionId, SubscriptionName = target.SubscriptionName, LeaseToken = _leaseTokens.Next() },
                    time.GetTimestamp());
            }

            HasQueued |= handed is null;
            _deliveries.Add(new(@event, target, ids[i], handed));
        }
    }

    private string[] Ids() => EventColumn(e => e.Event.Id);

    private Guid[] Tokens() => EventColumn(e => e.Call.PublishToken);

    private T[] EventColumn<T>(Func<(EnqueueCall Call, WebhookEvent Event), T> column) => ColumnOf(_events, column);

    private T[] DeliveryColumn<T>(Func<DeliveryRow, T> column) => ColumnOf(_deliveries, column);

    private static T[] ColumnOf<TRow, T>(List<TRow> rows, Func<TRow, T> column)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column(rows[i]);
        }

        return values;
    }
}
