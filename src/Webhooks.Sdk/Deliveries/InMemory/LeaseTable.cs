using System.Buffers.Binary;

namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>
/// The leased deliveries by their tokens. A token names a place and counts the leases, so it is found without a hash, and one whose lease is
/// over is recognised: unique within this process is enough, since nothing outside it knows these leases. Not thread-safe.
/// </summary>
internal sealed class LeaseTable
{
    private readonly Stack<int> _free = new();
    private Place[] _places = new Place[64];
    private int _used;
    private long _lastLease;

    private struct Place
    {
        public QueuedDelivery? Delivery;
        public long Lease;
    }

    public int Count => _used - _free.Count;

    public IEnumerable<(Guid Token, QueuedDelivery Delivery)> All
    {
        get
        {
            for (var i = 0; i < _used; i++)
            {
                if (_places[i] is { Delivery: { } delivery, Lease: var lease })
                {
                    yield return (Token(i, lease), delivery);
                }
            }
        }
    }

    public Guid Add(QueuedDelivery delivery)
    {
        if (!_free.TryPop(out var place))
        {
            place = _used++;
            if (place == _places.Length)
            {
                Array.Resize(ref _places, place * 2);
            }
        }

        _places[place] = new Place { Delivery = delivery, Lease = ++_lastLease };
        return Token(place, _lastLease);
    }

    public QueuedDelivery? Find(Guid token) => PlaceOf(token) is { } place ? _places[place].Delivery : null;

    public QueuedDelivery? Remove(Guid token)
    {
        if (PlaceOf(token) is not { } place)
        {
            return null;
        }

        var delivery = _places[place].Delivery;
        _places[place] = default;
        _free.Push(place);
        return delivery;
    }

    private int? PlaceOf(Guid token)
    {
        Span<byte> bytes = stackalloc byte[16];
        token.TryWriteBytes(bytes);
        var lease = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var place = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        return lease > 0 && place >= 0 && place < _used && _places[place].Lease == lease ? (int)place : null;
    }

    private static Guid Token(int place, long lease)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, lease);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], place);
        return new Guid(bytes);
    }
}
