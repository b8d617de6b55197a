using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.PostgreSql.Schema;

/// <summary>The numbers of the advisory locks. They are shared by everybody in the database, so they are made from what they lock.</summary>
internal static class AdvisoryKeys
{
    public static long Schema(string schema) => Of(schema, "schema");

    public static long Fifo(string schema) => Of(schema, "fifo");

    public static long Maintenance(string schema) => Of(schema, "maintenance");

    private static long Of(string schema, string purpose) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"Webhooks.Sdk/{schema}/{purpose}")));
}
