namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>
/// Rows in order, in an array that is used again, so that steady traffic allocates nothing. It begins with a single row, since most of many
/// subscriptions never have more, and what grew for a backlog is let go when that is gone.
/// </summary>
internal struct DeliveryRing()
{
    /// <summary>Rows that an array may have and be kept while it is empty: 40 KB.</summary>
    public const int KeptCapacity = 1024;

    // Its length is a power of two, or nothing.
    private QueuedDelivery[] _rows = [];
    private int _first;

    public int Count { get; private set; }

    public readonly ref readonly QueuedDelivery First => ref _rows[_first];

    public readonly IEnumerable<QueuedDelivery> Rows
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                yield return _rows[PlaceOf(i)];
            }
        }
    }

    public void AddLast(in QueuedDelivery row)
    {
        MakeRoom();
        _rows[PlaceOf(Count)] = row;
        Count++;
    }

    public void AddFirst(in QueuedDelivery row)
    {
        MakeRoom();
        _first = PlaceOf(_rows.Length - 1);
        _rows[_first] = row;
        Count++;
    }

    public QueuedDelivery RemoveFirst()
    {
        var row = _rows[_first];
        _rows[_first] = default; // or the event would live on in it
        _first = PlaceOf(1);
        Count--;
        if (Count == 0 && _rows.Length > KeptCapacity)
        {
            Clear();
        }

        return row;
    }

    public void Clear() => this = new();

    private void MakeRoom()
    {
        if (Count < _rows.Length)
        {
            return;
        }

        var larger = new QueuedDelivery[Math.Max(1, Count * 2)];
        _rows.AsSpan(_first).CopyTo(larger);
        _rows.AsSpan(0, _first).CopyTo(larger.AsSpan(_rows.Length - _first));
        (_rows, _first) = (larger, 0);
    }

    private readonly int PlaceOf(int index) => (_first + index) & (_rows.Length - 1);
}
