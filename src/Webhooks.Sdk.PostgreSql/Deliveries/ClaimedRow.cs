using Npgsql;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>A row of the queue that has just been leased, without its event.</summary>
internal sealed record ClaimedRow(
    Guid Id, EventKey Event, string SubscriptionId, string? SubscriptionName, int Attempts, Guid LeaseToken, long Sequence, bool IsFifo)
{
    public static ClaimedRow Read(NpgsqlDataReader row, int at) => new(
        row.GetGuid(at),
        new EventKey(row.GetString(at + 1), row.GetFieldValue<DateTimeOffset>(at + 2)),
        row.GetString(at + 3),
        row.IsDBNull(at + 4) ? null : row.GetString(at + 4),
        row.GetInt32(at + 5),
        row.GetGuid(at + 6),
        row.GetInt64(at + 7),
        row.GetBoolean(at + 8));
}
