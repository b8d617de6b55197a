using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// The publications of one transaction as the columns of <see cref="DeliverySql.Enqueue"/>. An id that comes twice is stored once, for the first.
/// </summary>
internal sealed class EnqueueColumns
{
    private readonly Dictionary<string, (EnqueueCall Call, int Index)> _owners = new(StringComparer.Ordinal);
    private readonly List<(EnqueueCall Call, WebhookEvent Event)> _events = [];
    private readonly List<(WebhookEvent Event, DeliveryTarget Target, Guid Id, HandedDelivery? Handed)> _deliveries = [];

    /// <param name="calls">The publications.</param>
    /// <param name="handOff">Where deliveries may be handed to this node's worker; null for the host's own transaction.</param>
    /// <param name="time">For the age of those leases.</param>
    public EnqueueColumns(IReadOnlyList<EnqueueCall> calls, HandOff? handOff, TimeProvider time)
    {
        foreach (var call in calls)
        {
            for (var i = 0; i < call.Batch.Count; i++)
            {
                var @event = call.Batch[i].Event;
                if (_owners.TryAdd(@event.Id, (call, i)))
                {
                    _events.Add((call, @event));
                    Add(@event, call.Batch[i].Targets, call.DeliveryIds[i], handOff, time);
                }
            }
        }
    }

    /// <summary>Deliveries that this node's worker does not get from memory.</summary>
    public bool HasQueued { get; private set; }

    /// <summary>How long the deliveries that are handed over are leased.</summary>
    public TimeSpan Lease { get; private set; }

    public void AddTo(NpgsqlBatch batch, DeliverySql sql) => batch.Add(sql.Enqueue)
        .With(Of(e => e.Event.Id)).With(Tokens).With(Of(e => e.Event.Type)).With(Of(e => e.Event.TenantId)).With(Of(e => e.Event.TenantName))
        .With([.. _events.Select(e => e.Event.CreatedAt.ToUniversalTime())])
        .With([.. _events.Select(e => e.Event.Data)])
        .With(Of(e => e.Event.TraceParent))
        .With([.. _events.Select(e => e.Event.TargetCount)])
        .With([.. _deliveries.Select(d => d.Id)])
        .With([.. _deliveries.Select(d => d.Event.Id)])
        .With([.. _deliveries.Select(d => d.Event.TenantId)])
        .With([.. _deliveries.Select(d => d.Target.SubscriptionId)])
        .With([.. _deliveries.Select(d => d.Target.SubscriptionName)])
        .With([.. _deliveries.Select(d => d.Target.Ordering == DeliveryOrdering.Fifo)])
        .With([.. _deliveries.Select(d => d.Handed is null ? 0 : DelayMicroseconds.ToMicroseconds(Lease))])
        .With([.. _deliveries.Select(d => d.Handed?.Claim.LeaseToken)]);

    public void AddOwnKeysTo(NpgsqlBatch batch, DeliverySql sql) => batch.Add(sql.FindOwnKeys).With(Of(e => e.Event.Id)).With(Tokens);

    /// <summary>For each publication which of its events are new.</summary>
    public IReadOnlyList<bool> StoredOf(EnqueueCall call, HashSet<string> newIds)
    {
        var stored = new bool[call.Batch.Count];
        for (var i = 0; i < stored.Length; i++)
        {
            var id = call.Batch[i].Event.Id;
            stored[i] = newIds.Contains(id) && _owners[id] == (call, i);
        }

        return stored;
    }

    /// <summary>The deliveries that were leased together with their publication, if it was new; the others give their places back.</summary>
    public List<HandedDelivery> HandedOf(HashSet<string> newIds, HandOff handOff)
    {
        List<HandedDelivery> handed = [];
        foreach (var (@event, _, _, delivery) in _deliveries)
        {
            if (delivery is null)
            {
                continue;
            }

            if (newIds.Contains(@event.Id))
            {
                handed.Add(delivery);
            }
            else
            {
                handOff.GiveUp(delivery.Bytes);
            }
        }

        return handed;
    }

    private Guid[] Tokens => [.. _events.Select(e => e.Call.PublishToken)];

    private void Add(WebhookEvent @event, IReadOnlyList<DeliveryTarget> targets, Guid[] ids, HandOff? handOff, TimeProvider time)
    {
        // A subscription that is named twice gets it once; the second row would be refused, but it must not be handed over either.
        var seen = targets.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
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
                handed = new(
                    new ClaimedDelivery { Event = @event, SubscriptionId = target.SubscriptionId, SubscriptionName = target.SubscriptionName, LeaseToken = Guid.NewGuid() },
                    time.GetTimestamp());
            }

            HasQueued |= handed is null;
            _deliveries.Add((@event, target, ids[i], handed));
        }
    }

    private string?[] Of(Func<(EnqueueCall Call, WebhookEvent Event), string?> column) => [.. _events.Select(column)];
}
