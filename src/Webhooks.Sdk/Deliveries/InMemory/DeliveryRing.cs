using System.Buffers;

namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>
/// Rows in order, in an array that is used again, so that steady traffic allocates nothing. It begins with a single row, since most of many
/// subscriptions never have more. A larger array is borrowed, and given back when the ring is empty: a backlog's room is the next one's.
/// </summary>
internal struct DeliveryRing()
{
    /// <summary>Rows that an array may have and stay here while it is empty: 1.3 KB.</summary>
    public const int KeptCapacity = 32;

    private QueuedDelivery[] _rows = [];

    // A power of two, or nothing. A borrowed array may be longer.
    private int _capacity;
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
        _first = PlaceOf(_capacity - 1);
        _rows[_first] = row;
        Count++;
    }

    public QueuedDelivery RemoveFirst()
    {
        var row = _rows[_first];
        _rows[_first] = default; // or the event would live on in it
        _first = PlaceOf(1);
        Count--;
        if (Count == 0 && _capacity > KeptCapacity)
        {
            Clear();
        }

        return row;
    }

    public void Clear()
    {
        GiveBack(clear: Count > 0);
        this = new();
    }

    private void MakeRoom()
    {
        if (Count < _capacity)
        {
            return;
        }

        var capacity = Math.Max(1, Count * 2);
        var larger = capacity > KeptCapacity ? ArrayPool<QueuedDelivery>.Shared.Rent(capacity) : new QueuedDelivery[capacity];
        _rows.AsSpan(_first, _capacity - _first).CopyTo(larger);
        _rows.AsSpan(0, _first).CopyTo(larger.AsSpan(_capacity - _first));
        GiveBack(clear: true);
        (_rows, _capacity, _first) = (larger, capacity, 0);
    }

    private readonly void GiveBack(bool clear)
    {
        if (_capacity > KeptCapacity)
        {
            ArrayPool<QueuedDelivery>.Shared.Return(_rows, clear);
        }
    }

    private readonly int PlaceOf(int index) => (_first + index) & (_capacity - 1);
}
