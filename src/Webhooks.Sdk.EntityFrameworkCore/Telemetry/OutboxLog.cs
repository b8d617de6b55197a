using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.EntityFrameworkCore.Telemetry;

/// <summary>Every log line of this package. Ids only.</summary>
internal static partial class OutboxLog
{
    [LoggerMessage(1, LogLevel.Error, "Event {EventId} {EventType} was committed but cannot be published. It is set aside in the outbox after {Attempts} attempts and tried again at {RetryAt:u}.")]
    public static partial void SetAside(this ILogger logger, Exception exception, string eventId, string eventType, int attempts, DateTimeOffset retryAt);

    [LoggerMessage(2, LogLevel.Error, "The outbox could not be moved into the delivery store; its rows stay and it is tried again in {Delay}.")]
    public static partial void RelayFailed(this ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Warning, "The delivery store is in memory: events that were moved there from the outbox are gone when this process ends. Call UseSqlite(…) or UsePostgreSql(…) in AddWebhooks.")]
    public static partial void StoreIsInMemory(this ILogger logger);
}
