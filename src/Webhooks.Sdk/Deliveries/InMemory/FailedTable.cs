namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>The failed deliveries, oldest first.</summary>
internal sealed class FailedTable
{
    private readonly Dictionary<Guid, FailedDelivery> _byId = [];
    private readonly SortedDictionary<long, Guid> _inOrder = [];

    public int Count => _byId.Count;

    public IEnumerable<FailedDelivery> All => _byId.Values;

    public void Add(FailedDelivery failed)
    {
        var id = DeliveryViews.IdOf(failed.Queued);
        _byId[id] = failed;
        _inOrder[failed.Queued.Sequence] = id;
    }

    public FailedDelivery? Remove(Guid id)
    {
        if (_byId.Remove(id, out var failed))
        {
            _inOrder.Remove(failed.Queued.Sequence);
        }

        return failed;
    }

    public FailedDelivery RemoveOldest() => Remove(_inOrder.First().Value)!;

    /// <summary>Removes and returns those that meet the condition, oldest first.</summary>
    public List<FailedDelivery> Take(Func<FailedDelivery, bool> condition) =>
        [.. _inOrder.Values.Where(id => condition(_byId[id])).ToList().Select(id => Remove(id)!)];
}
