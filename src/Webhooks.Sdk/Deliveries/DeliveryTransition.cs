namespace Webhooks.Sdk.Deliveries;

/// <summary>
/// What becomes of a claimed delivery: a closed set, each written by one guarded statement of the store. Delays, not times: the store adds
/// them to its own clock, so that a node whose clock is wrong changes nothing.
/// </summary>
public abstract record DeliveryTransition
{
    private DeliveryTransition()
    {
    }

    /// <summary>It arrived. The row leaves the queue.</summary>
    public sealed record Delivered : DeliveryTransition
    {
        /// <summary>The one instance.</summary>
        public static readonly Delivered Instance = new();

        private Delivered()
        {
        }
    }

    /// <summary>The attempt is charged; the next one is due after the delay, counted from the end of this one.</summary>
    public sealed record Retry(TimeSpan Delay) : DeliveryTransition;

    /// <summary>Given up: it moves to the failed ones.</summary>
    public sealed record Failed(FailureReason Reason) : DeliveryTransition;

    /// <summary>Given back without charging an attempt: shutdown, rate limit, open circuit. Due again after the delay.</summary>
    public sealed record Released(TimeSpan Delay) : DeliveryTransition;
}
