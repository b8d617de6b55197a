using System.Collections.Concurrent;

namespace Webhooks.Sdk.FaultBench.Judging;

/// <summary>Every publication that a node spoke of: about to, acknowledged, refused.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, LedgerEvent> _events = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly ConcurrentDictionary<string, bool> _hit = new(StringComparer.Ordinal);

    /// <summary>What the next publications are booked under.</summary>
    public string Stage { get; set; } = "";

    public IEnumerable<KeyValuePair<string, LedgerEvent>> Events => _events;

    /// <summary>Publications that ended with an exception, and which.</summary>
    public IReadOnlyCollection<string> Refusals => _refused;

    public LedgerEvent? Find(string id) => _events.GetValueOrDefault(id);

    public void About(string tenant, string id) => _events[id] = new LedgerEvent(tenant, Stage);

    public void Acknowledged(string id, int deliveries) => _events[id].Promised = deliveries;

    public void Refused(string id, string why) => _refused.Enqueue($"{id}: {why}");

    /// <summary>This node was killed or stopped, and may not have stored what it knew.</summary>
    public void Hit(string node) => _hit[node] = true;

    public bool WasHit(string node) => _hit.ContainsKey(node);

    public void Committed(string id) => _events[id].IsCommitted = true;

    public void NeverCommitted(string id) => _events[id].IsNeverCommitted = true;
}
