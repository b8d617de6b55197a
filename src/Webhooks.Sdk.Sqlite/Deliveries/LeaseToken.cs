using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// The proof of a claim: a random number that all leases of one claim share, and the number of the row, which is never used again. So a result
/// finds its row by the primary key, and no second index is needed.
/// </summary>
internal readonly record struct LeaseToken(long Lease, long Seq)
{
    public static long NewLease()
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        return BinaryPrimitives.ReadInt64BigEndian(random);
    }

    public static LeaseToken Of(Guid token)
    {
        Span<byte> bytes = stackalloc byte[16];
        token.TryWriteBytes(bytes);
        return new(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
    }

    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Lease);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Seq);
        return new Guid(bytes);
    }
}
