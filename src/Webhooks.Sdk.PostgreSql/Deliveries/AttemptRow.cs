using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>A line of the log: the order of columns is that of <see cref="DeliveryLogSql.ListAttempts"/>.</summary>
internal static class AttemptRow
{
    public static DeliveryAttemptRecord Read(NpgsqlDataReader row) => new()
    {
        DeliveryId = row.GetGuid(0),
        EventId = row.GetString(1),
        EventType = row.GetString(2),
        TenantId = row.GetString(3),
        SubscriptionId = row.GetString(4),
        Number = row.GetInt32(5),
        Result = new AttemptResult
        {
            StartedAt = row.GetFieldValue<DateTimeOffset>(6),
            Duration = DelayMicroseconds.FromMicroseconds(row.GetInt64(7)),
            StatusCode = row.GetInt32(8),
            Error = (AttemptError)row.GetInt16(9),
            ErrorMessage = TextAt(row, 10),
            ResponseHeaders = TextAt(row, 11),
            ResponseBody = row.IsDBNull(12) ? default : row.GetFieldValue<byte[]>(12),
            RetryAfter = TextAt(row, 13),
        },
        Outcome = row.IsDBNull(14) ? null : (DeliveryState)row.GetInt16(14),
        RetryDelay = row.IsDBNull(15) ? null : DelayMicroseconds.FromMicroseconds(row.GetInt64(15)),
        IsTest = row.GetBoolean(16),
    };

    /// <summary>A test's line: the order of parameters is that of <see cref="DeliverySql.LogTest"/>.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DeliveryAttemptRecord attempt) => command
        .With(attempt.DeliveryId).With(attempt.EventId).With(attempt.EventType).With(attempt.TenantId).With(attempt.SubscriptionId)
        .With(attempt.Number).With(attempt.Result.StartedAt).With(DelayMicroseconds.ToMicroseconds(attempt.Result.Duration)).With(attempt.Result.StatusCode)
        .With((short)attempt.Result.Error).With(StorableText.From(attempt.Result.ErrorMessage)).With(StorableText.From(attempt.Result.ResponseHeaders))
        .With(attempt.Result.ResponseBody).With(StorableText.From(attempt.Result.RetryAfter)).With((short?)attempt.Outcome)
        .With(attempt.RetryDelay is { } delay ? DelayMicroseconds.ToMicroseconds(delay) : null).With(attempt.IsTest);

    private static string? TextAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
