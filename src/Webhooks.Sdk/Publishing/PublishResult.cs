namespace Webhooks.Sdk.Publishing;

/// <summary>The answer to a publication.</summary>
/// <param name="EventId">The event's id, the given one or the new one.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Deliveries">How many subscriptions will get it; 0 for a duplicate.</param>
public readonly record struct PublishResult(string EventId, PublishOutcome Outcome, int Deliveries);
