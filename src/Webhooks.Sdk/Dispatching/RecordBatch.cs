using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Records and the lanes that they came from, side by side, and those who wait until they are stored.</summary>
internal sealed class RecordBatch
{
    private readonly List<DeliveryRecord> _records = [];
    private readonly List<EndpointLane> _lanes = [];
    private TaskCompletionSource? _stored;

    public IReadOnlyList<DeliveryRecord> Records => _records;

    public int Count => _records.Count;

    public EndpointLane LaneOf(int index) => _lanes[index];

    public void Add(EndpointLane lane, in DeliveryRecord record)
    {
        _records.Add(record);
        _lanes.Add(lane);
    }

    /// <summary>Completes when this batch is stored, or left to its leases.</summary>
    public Task WhenStored() => (_stored ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Those who wait, to be let go outside the lock.</summary>
    public TaskCompletionSource? TakeWaiters()
    {
        var stored = _stored;
        _stored = null;
        return stored;
    }

    public void Clear()
    {
        _records.Clear();
        _lanes.Clear();
    }
}
