namespace Webhooks.Sdk.Retries;

/// <summary>When a failing endpoint is suspended: a closed set.</summary>
public abstract record DisableRule
{
    private DisableRule()
    {
    }

    /// <summary>Is it time?</summary>
    public abstract bool IsMetBy(EndpointHealth health);

    /// <summary>Never; only 410 Gone can suspend it, where the profile says so.</summary>
    public sealed record Never : DisableRule
    {
        /// <inheritdoc/>
        public override bool IsMetBy(EndpointHealth health) => false;

        /// <inheritdoc/>
        public override string ToString() => "never";
    }

    /// <summary>When so many deliveries in a row used up their schedule.</summary>
    public sealed record AfterExhausted(int Deliveries) : DisableRule
    {
        /// <inheritdoc/>
        public override bool IsMetBy(EndpointHealth health) => health.ExhaustedDeliveries >= Deliveries;

        /// <inheritdoc/>
        public override string ToString() => Deliveries == 1 ? "after 1 exhausted delivery" : $"after {Deliveries} exhausted deliveries in a row";
    }

    /// <summary>When nothing succeeded for so long, and so many attempts failed in that time.</summary>
    public sealed record AfterFailingFor(TimeSpan Duration, int MinFailedAttempts) : DisableRule
    {
        /// <inheritdoc/>
        public override bool IsMetBy(EndpointHealth health) => health.FailingFor >= Duration && health.FailedAttempts >= MinFailedAttempts;

        /// <inheritdoc/>
        public override string ToString() => $"after {Duration.TotalDays:0.#} days of failure and {MinFailedAttempts} failed attempts";
    }
}
