using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Telemetry;

/// <summary>Every log line of this package. Ids only: no secret, signature, body, query string or user info.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A failed delivery of event {EventId} to subscription {SubscriptionId} was dropped: the in-memory store keeps {MaxFailed} of them (InMemoryStoreOptions.MaxFailed).")]
    public static partial void FailedDeliveryDropped(this ILogger logger, string eventId, string subscriptionId, int maxFailed);

    [LoggerMessage(2, LogLevel.Warning, "Private networks may be called (NetworkOptions.AllowPrivateNetworks): only for tests and closed networks.")]
    public static partial void PrivateNetworksAllowed(this ILogger logger);

    [LoggerMessage(3, LogLevel.Debug, "Event {EventId} {EventType}: {Outcome}, {Deliveries} deliveries.")]
    public static partial void Published(this ILogger logger, string eventId, string eventType, string outcome, int deliveries);

    [LoggerMessage(4, LogLevel.Debug, "Attempt {Number} of event {EventId} to subscription {SubscriptionId}: status {StatusCode} {Error} in {Milliseconds:0.0} ms, then {Transition}.")]
    public static partial void Attempted(this ILogger logger, int number, string eventId, string subscriptionId, int statusCode, string error, double milliseconds, string transition);

    [LoggerMessage(5, LogLevel.Warning, "Delivery of event {EventId} to subscription {SubscriptionId} was given up after {Attempts} attempts: {Reason}.")]
    public static partial void DeliveryFailed(this ILogger logger, string eventId, string subscriptionId, int attempts, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Subscription {SubscriptionId} of tenant {TenantId} was suspended: {Reason}")]
    public static partial void SubscriptionSuspended(this ILogger logger, string subscriptionId, string tenantId, string? reason);

    [LoggerMessage(7, LogLevel.Warning, "The lease of event {EventId} for subscription {SubscriptionId} was lost; its result changes nothing.")]
    public static partial void LeaseLost(this ILogger logger, string eventId, string subscriptionId);

    [LoggerMessage(8, LogLevel.Error, "The delivery store did not answer; trying again in {Delay}.")]
    public static partial void StoreFailed(this ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(9, LogLevel.Error, "The results of {Count} attempts could not be stored and are left to their leases: they will be attempted again.")]
    public static partial void ResultsAbandoned(this ILogger logger, Exception exception, int count);

    [LoggerMessage(10, LogLevel.Error, "The leases of {Count} deliveries could not be renewed.")]
    public static partial void RenewalFailed(this ILogger logger, Exception exception, int count);

    [LoggerMessage(11, LogLevel.Error, "A request for event {EventId} to subscription {SubscriptionId} could not be made or sent.")]
    public static partial void AttemptThrew(this ILogger logger, Exception exception, string eventId, string subscriptionId);

    [LoggerMessage(12, LogLevel.Error, "An observer threw.")]
    public static partial void ObserverFailed(this ILogger logger, Exception exception);

    [LoggerMessage(13, LogLevel.Error, "The health of subscription {SubscriptionId} could not be updated.")]
    public static partial void HealthFailed(this ILogger logger, Exception exception, string subscriptionId);

    [LoggerMessage(14, LogLevel.Error, "Old events, attempts and failed deliveries could not be purged.")]
    public static partial void PurgeFailed(this ILogger logger, Exception exception);

    [LoggerMessage(15, LogLevel.Information, "{Rows} rows older than {Age} were purged.")]
    public static partial void Purged(this ILogger logger, long rows, TimeSpan age);

    [LoggerMessage(16, LogLevel.Information, "Stopped with {Released} claimed deliveries given back.")]
    public static partial void Stopped(this ILogger logger, int released);
}
