namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>Where an event's row is: the time names its partition.</summary>
internal readonly record struct EventKey(string Id, DateTimeOffset StoredAt);
