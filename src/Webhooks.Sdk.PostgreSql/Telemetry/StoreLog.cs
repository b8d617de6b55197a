using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.PostgreSql.Telemetry;

internal static partial class StoreLog
{
    [LoggerMessage(1, LogLevel.Information, "The schema {Schema} is at version {Version} or later.")]
    public static partial void SchemaReady(this ILogger logger, string schema, int version);

    [LoggerMessage(2, LogLevel.Warning, "Cannot listen for other nodes; subscriptions are polled and deliveries are found by the poll meanwhile.")]
    public static partial void ListeningFailed(this ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "Other nodes were not told of new work; their poll will find it.")]
    public static partial void NotifyFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The partition {Partition} could not be made; its rows go to the default partition. The role must own the tables, or you make partitions yourself: see docs/postgresql.md.")]
    public static partial void PartitionNotMade(this ILogger logger, Exception exception, string partition);

    [LoggerMessage(5, LogLevel.Warning, "The partition {Partition} could not be dropped now; the next purge tries again.")]
    public static partial void PartitionNotDropped(this ILogger logger, Exception exception, string partition);

    [LoggerMessage(6, LogLevel.Warning, "Publications could not be stored (attempt {Attempt}); trying again.")]
    public static partial void EnqueueRetried(this ILogger logger, Exception exception, int attempt);

    [LoggerMessage(7, LogLevel.Warning, "Results could not be stored (attempt {Attempt}); trying again.")]
    public static partial void RecordRetried(this ILogger logger, Exception exception, int attempt);

    [LoggerMessage(8, LogLevel.Warning, "The subscriptions could not be read again; the ones in memory stay in use.")]
    public static partial void SubscriptionsNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "{Count} deliveries were removed from the queue because their events are gone from the database: somebody removed rows or partitions by hand.")]
    public static partial void OrphansRemoved(this ILogger logger, int count);

    [LoggerMessage(10, LogLevel.Warning, "{Count} deliveries could not be given back; they become claimable when their leases end.")]
    public static partial void HandOffNotReleased(this ILogger logger, Exception exception, int count);

    [LoggerMessage(11, LogLevel.Warning, "The queue could not be asked; what was handed over in memory is delivered meanwhile.")]
    public static partial void QueueNotAsked(this ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Debug, "The queue's table was not swept; autovacuum will do it.")]
    public static partial void QueueNotSwept(this ILogger logger, Exception exception);

    [LoggerMessage(13, LogLevel.Debug, "Attempts were not counted for the charts; the next results try again.")]
    public static partial void AttemptsNotCounted(this ILogger logger, Exception exception);
}
