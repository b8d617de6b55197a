using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Retries;

/// <summary>Decides what becomes of a delivery after an attempt. Pure: it stores nothing and waits for nothing.</summary>
public interface IWebhookRetryPolicy
{
    /// <summary>The delays between the attempts, for people; without jitter.</summary>
    IReadOnlyList<TimeSpan> Delays { get; }

    /// <summary>Maps one result to one transition.</summary>
    /// <param name="delivery">The delivery; its <see cref="ClaimedDelivery.Attempts"/> do not count this attempt yet.</param>
    /// <param name="result">The attempt.</param>
    /// <param name="now">The end of the attempt.</param>
    DeliveryTransition Decide(ClaimedDelivery delivery, AttemptResult result, DateTimeOffset now);
}
