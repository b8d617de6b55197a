namespace Webhooks.Sdk.Retries;

/// <summary>What a batch of attempts adds to an endpoint's health.</summary>
/// <param name="Succeeded">At least one attempt succeeded: the count starts anew, then the failures are added.</param>
/// <param name="FailedAttempts">Failed attempts after the last success of the batch.</param>
/// <param name="ExhaustedDeliveries">Deliveries given up after the last success of the batch.</param>
public readonly record struct HealthChange(bool Succeeded, int FailedAttempts, int ExhaustedDeliveries);
