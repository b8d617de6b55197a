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

    [LoggerMessage(17, LogLevel.Error, "The retry policy of profile {Profile} threw; event {EventId} to subscription {SubscriptionId} goes on by the standard schedule.")]
    public static partial void RetryPolicyThrew(this ILogger logger, Exception exception, string profile, string eventId, string subscriptionId);

    [LoggerMessage(30, LogLevel.Information, "Receiver {Receiver} refused a request: {Reason}.")]
    public static partial void RequestRefused(this ILogger logger, string receiver, string reason);

    [LoggerMessage(31, LogLevel.Error, "A handler of receiver {Receiver} threw for {EventType} {MessageId}; the sender is asked to send it again.")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string receiver, string eventType, string? messageId);

    [LoggerMessage(32, LogLevel.Warning, "A handler of receiver {Receiver} threw for {EventType} {MessageId} (attempt {Attempt}); the next attempt is due in {Delay}.")]
    public static partial void MessageFailed(this ILogger logger, Exception exception, string receiver, string eventType, string messageId, int attempt, TimeSpan delay);

    [LoggerMessage(33, LogLevel.Error, "Receiver {Receiver} gave up {EventType} {MessageId} after {Attempts} attempts: {Reason} See IWebhookInbox.ListGivenUpAsync and RetryAsync.")]
    public static partial void MessageGivenUp(this ILogger logger, string receiver, string eventType, string messageId, int attempts, string reason);

    [LoggerMessage(34, LogLevel.Error, "The inbox did not answer; trying again in {Delay}.")]
    public static partial void InboxFailed(this ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(35, LogLevel.Warning, "The lease of message {MessageId} of receiver {Receiver} was lost; its result changes nothing.")]
    public static partial void MessageLeaseLost(this ILogger logger, string receiver, string messageId);

    [LoggerMessage(36, LogLevel.Error, "The lease of message {MessageId} of receiver {Receiver} could not be renewed.")]
    public static partial void MessageRenewalFailed(this ILogger logger, Exception exception, string receiver, string messageId);

    [LoggerMessage(37, LogLevel.Information, "{Messages} received messages older than {Age} were forgotten.")]
    public static partial void InboxPurged(this ILogger logger, long messages, TimeSpan age);

    [LoggerMessage(38, LogLevel.Error, "Old received messages could not be forgotten.")]
    public static partial void InboxPurgeFailed(this ILogger logger, Exception exception);

    [LoggerMessage(39, LogLevel.Warning, "Receiver {Receiver} accepts first, but its inbox is in memory: what it has accepted is lost with the process. AddWebhookReceiver(r => r.UseSqlite(…)) keeps it.")]
    public static partial void AcceptedInMemory(this ILogger logger, string receiver);

    [LoggerMessage(40, LogLevel.Error, "Receiver {Receiver} could not take a request; the sender is asked to send it again.")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string receiver);
}
