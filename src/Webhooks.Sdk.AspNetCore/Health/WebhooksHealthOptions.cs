namespace Webhooks.Sdk.AspNetCore.Health;

/// <summary>When webhooks are called unwell.</summary>
public sealed class WebhooksHealthOptions
{
    /// <summary>The oldest delivery that could be sent has waited so long: degraded. Default 5 minutes; null for never.</summary>
    public TimeSpan? DegradedAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The oldest delivery that could be sent has waited so long: unhealthy. Default 1 hour; null for never.</summary>
    public TimeSpan? UnhealthyAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Suspended endpoints make it degraded. Default false: a customer's broken endpoint is no fault of this host, and is reported as data only.
    /// </summary>
    public bool DegradedWhenSuspended { get; set; }
}
