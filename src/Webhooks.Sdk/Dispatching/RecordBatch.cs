using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Records and the lanes that they came from, side by side.</summary>
internal sealed class RecordBatch
{
    private readonly List<DeliveryRecord> _records = [];
    private readonly List<EndpointLane> _lanes = [];

    public IReadOnlyList<DeliveryRecord> Records => _records;

    public int Count => _records.Count;

    public EndpointLane LaneOf(int index) => _lanes[index];

    public void Add(EndpointLane lane, in DeliveryRecord record)
    {
        _records.Add(record);
        _lanes.Add(lane);
    }

    public void Clear()
    {
        _records.Clear();
        _lanes.Clear();
    }
}
