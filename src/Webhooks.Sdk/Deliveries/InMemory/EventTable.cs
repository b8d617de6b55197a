using System.Diagnostics.CodeAnalysis;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>The stored events in order of publication, bounded: the oldest ones whose deliveries are done go first.</summary>
internal sealed class EventTable(InMemoryStoreOptions options)
{
    private readonly Dictionary<string, EventRow> _byId = new(StringComparer.Ordinal);
    private readonly Queue<EventRow> _inOrder = new();
    private long _bytes;
    private long _lastNumber;

    public IEnumerable<EventRow> Rows => _inOrder.Where(r => !r.IsPurged);

    public bool TryGet(string id, [NotNullWhen(true)] out EventRow? row) => _byId.TryGetValue(id, out row);

    /// <summary>Adds the event; null when its id is there already.</summary>
    public EventRow? Add(WebhookEvent @event, IReadOnlyList<DeliveryTarget> targets, long now)
    {
        var row = new EventRow(@event, targets, _lastNumber + 1, now);
        if (!_byId.TryAdd(@event.Id, row))
        {
            return null;
        }

        // First room, then the row: it has no deliveries yet and would look as if it were done.
        MakeRoom(@event.Data.Length);
        _lastNumber++;
        _inOrder.Enqueue(row);
        _bytes += @event.Data.Length;
        return row;
    }

    public long PurgeBefore(long time)
    {
        var purged = 0L;
        foreach (var row in Rows.Where(r => r.Pending == 0 && r.StoredAt < time).ToList())
        {
            Remove(row);
            purged++;
        }

        return purged;
    }

    // Two looks for each event that is added: rows that are still needed go round, and in the long run every other one is found.
    private void MakeRoom(int bytes)
    {
        for (var looks = 0; looks < 2 && _inOrder.Count > 0 && (_inOrder.Count >= options.MaxEvents || _bytes + bytes > options.MaxEventBytes); looks++)
        {
            var oldest = _inOrder.Dequeue();
            if (oldest.Pending > 0)
            {
                _inOrder.Enqueue(oldest);
            }
            else if (!oldest.IsPurged)
            {
                Remove(oldest);
            }
        }
    }

    private void Remove(EventRow row)
    {
        row.IsPurged = true;
        _byId.Remove(row.Event.Id);
        _bytes -= row.Event.Data.Length;
    }
}
