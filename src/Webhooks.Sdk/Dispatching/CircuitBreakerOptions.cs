namespace Webhooks.Sdk.Dispatching;

/// <summary>When an endpoint that fails is left alone for a while. Its deliveries are deferred and no attempt is charged.</summary>
public sealed class CircuitBreakerOptions
{
    /// <summary>Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The part of the attempts in the sampling time that must fail: timeouts, lost connections, 5xx and 429. Default 0.9.</summary>
    public double FailureRatio { get; set; } = 0.9;

    /// <summary>The attempts in the sampling time below which nothing is judged. At least 2; default 20.</summary>
    public int MinimumThroughput { get; set; } = 20;

    /// <summary>Default 30 seconds; at least half a second.</summary>
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the endpoint is left alone before one attempt probes it. Default 30 seconds; at least half a second.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);
}
