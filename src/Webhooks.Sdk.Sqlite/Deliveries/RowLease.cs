using System.Buffers.Binary;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>
/// The proof of a claim: a number that all leases of one claim share and no other has, and the number of the row, which is never used again. So a
/// result finds its row by the primary key, and no second index is needed.
/// </summary>
internal readonly record struct RowLease(long Lease, long Seq)
{
    public static RowLease Of(Guid token)
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
