namespace Webhooks.Sdk.Retries;

/// <summary>What a subscription's endpoint has done since its last success. A success makes all three zero.</summary>
/// <param name="FailingFor">The time since the first failed attempt, by the store's clock.</param>
/// <param name="FailedAttempts">The failed attempts.</param>
/// <param name="ExhaustedDeliveries">The deliveries that were given up after their last attempt.</param>
public readonly record struct EndpointHealth(TimeSpan FailingFor, int FailedAttempts, int ExhaustedDeliveries)
{
    /// <summary>Nothing has failed since the last success.</summary>
    public bool IsHealthy => FailedAttempts == 0;
}
