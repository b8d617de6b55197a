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
        public QueuedDelivery Delivery;

        /// <summary>Zero while the place is free.</summary>
        public long Lease;
    }

    public int Count => _used - _free.Count;

    public IEnumerable<(Guid Token, QueuedDelivery Delivery)> All
    {
        get
        {
            for (var i = 0; i < _used; i++)
            {
                if (_places[i].Lease > 0)
                {
                    yield return (Token(i, _places[i].Lease), _places[i].Delivery);
                }
            }
        }
    }

    public Guid Add(in QueuedDelivery delivery)
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

    /// <summary>Sets a new end; false when the lease is over.</summary>
    public bool TryRenew(Guid token, long end)
    {
        if (PlaceOf(token) is not { } place)
        {
            return false;
        }

        _places[place].Delivery.DueAt = end;
        return true;
    }

    public bool TryRemove(Guid token, out QueuedDelivery delivery)
    {
        if (PlaceOf(token) is not { } place)
        {
            delivery = default;
            return false;
        }

        delivery = _places[place].Delivery;
        _places[place] = default;
        _free.Push(place);
        return true;
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
