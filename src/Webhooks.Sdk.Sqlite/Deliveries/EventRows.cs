using Webhooks.Sdk.Events;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// Reads events. One that goes to several subscriptions is read once for as long as a claim of it is in hand: its payload is in memory once, and
/// so is the body that was rendered from it.
/// </summary>
internal sealed class EventRows(SqliteDeliverySql sql)
{
    private const int SweepAt = 1024;

    private readonly Dictionary<long, WeakReference<WebhookEvent>> _shared = [];

    /// <summary>By its number, for a claim. Only the writer calls it.</summary>
    public WebhookEvent Get(SqliteSession session, long seq)
    {
        if (_shared.TryGetValue(seq, out var reference) && reference.TryGetTarget(out var known))
        {
            return known;
        }

        using var select = session.Use(sql.EventBySeq).Bind(seq);
        if (!select.Step())
        {
            throw new WebhookException($"A delivery has lost its event (number {seq}): the tables were changed by hand.");
        }

        var @event = Read(select);
        if (@event.TargetCount > 1)
        {
            Share(seq, @event);
        }

        return @event;
    }

    public WebhookEvent? Find(SqliteSession session, string id)
    {
        using var select = session.Use(sql.EventById).Bind(id);
        return select.Step() ? Read(select) : null;
    }

    private void Share(long seq, WebhookEvent @event)
    {
        if (_shared.Count >= SweepAt)
        {
            foreach (var (gone, _) in _shared.Where(s => !s.Value.TryGetTarget(out _)).ToList())
            {
                _shared.Remove(gone);
            }
        }

        _shared[seq] = new(@event);
    }

    private static WebhookEvent Read(SqliteStatement row) => new()
    {
        Id = row.Text(0),
        Type = row.Text(1),
        TenantId = row.Text(2),
        TenantName = row.TextOrNull(3),
        CreatedAt = row.Integer(4).ToTime(),
        TargetCount = (int)row.Integer(5),
        TraceParent = row.TextOrNull(6),
        Data = row.Blob(7),
    };
}
