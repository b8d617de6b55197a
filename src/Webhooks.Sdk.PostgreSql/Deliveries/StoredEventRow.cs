using Npgsql;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>An event as the statements read it.</summary>
internal static class StoredEventRow
{
    public static WebhookEvent Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Type = row.GetString(1),
        TenantId = row.GetString(2),
        TenantName = row.IsDBNull(3) ? null : row.GetString(3),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(4),
        Data = row.GetFieldValue<byte[]>(5),
        TraceParent = row.IsDBNull(6) ? null : row.GetString(6),
        TargetCount = row.GetInt32(7),
    };
}
