using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Retries;

/// <summary>A fixed list of delays, with what the HTTP status may change about it. Make one with <see cref="Schedule"/> or <see cref="Exponential"/>.</summary>
public sealed record WebhookRetryPolicy : IWebhookRetryPolicy
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    private WebhookRetryPolicy(IReadOnlyList<TimeSpan> delays)
    {
        Delays = delays;
    }

    /// <inheritdoc/>
    public IReadOnlyList<TimeSpan> Delays { get; private init; }

    /// <summary>Each delay is varied by up to this part of itself, either way, so that what failed together does not come back together. From 0 to 1; default 0.</summary>
    public double Jitter { get; init; }

    /// <summary>429 and 503 may lengthen the next delay by <c>Retry-After</c>, up to 24 hours. Default true.</summary>
    public bool HonoursRetryAfter { get; init; } = true;

    /// <summary>410 Gone ends the delivery and the endpoint at once. Default true.</summary>
    public bool GoneIsFinal { get; init; } = true;

    /// <summary>Where the jitter comes from; give a seeded one to make it repeatable. Must be safe for several threads.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>One attempt and then one more after each delay. No delay: a single attempt.</summary>
    public static WebhookRetryPolicy Schedule(params IReadOnlyList<TimeSpan> delays) =>
        delays.All(d => d >= TimeSpan.Zero) ? new([.. delays]) : throw new ArgumentOutOfRangeException(nameof(delays), "A delay must not be negative.");

    /// <summary>Delays that grow by a factor up to a longest one. <paramref name="attempts"/> counts the first attempt too.</summary>
    public static WebhookRetryPolicy Exponential(TimeSpan first, double factor, TimeSpan longest, int attempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(first, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, first);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        return new([.. Enumerable.Range(0, attempts - 1).Select(i =>
            TimeSpan.FromSeconds(Math.Min(first.TotalSeconds * Math.Pow(factor, i), longest.TotalSeconds)))]);
    }

    /// <summary>The same policy with every delay multiplied, for trying a long schedule in a short time.</summary>
    public WebhookRetryPolicy Scaled(double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        return this with { Delays = [.. Delays.Select(d => d * factor)] };
    }

    /// <inheritdoc/>
    public DeliveryTransition Decide(ClaimedDelivery delivery, AttemptResult result, DateTimeOffset now)
    {
        if (result.IsSuccess)
        {
            return DeliveryTransition.Delivered.Instance;
        }

        if (result.Error == AttemptError.Aborted)
        {
            return new DeliveryTransition.Released(TimeSpan.Zero);
        }

        if (result.StatusCode == 410 && GoneIsFinal)
        {
            return new DeliveryTransition.Failed(FailureReason.EndpointGone);
        }

        if (delivery.Attempts >= Delays.Count)
        {
            return new DeliveryTransition.Failed(FailureReason.Exhausted);
        }

        var delay = Vary(Delays[delivery.Attempts]);
        if (HonoursRetryAfter && result.StatusCode is 429 or 503 && RetryAfterHeader.Parse(result.RetryAfter, now) is { } wish && wish > delay)
        {
            delay = wish < LongestRetryAfter ? wish : delay > LongestRetryAfter ? delay : LongestRetryAfter;
        }

        return new DeliveryTransition.Retry(delay);
    }

    private TimeSpan Vary(TimeSpan delay) => Jitter == 0 ? delay : delay * (1 + (Jitter * ((2 * Random()) - 1)));
}
