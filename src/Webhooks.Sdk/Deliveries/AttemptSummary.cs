namespace Webhooks.Sdk.Deliveries;

/// <summary>The attempts of one subscription in one step of time: what charts are drawn from. Tests, and attempts whose lease was lost, do not count.</summary>
public sealed record AttemptSummary
{
    /// <summary>The tenant.</summary>
    public required string TenantId { get; init; }

    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>When the step begins.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Attempts that delivered.</summary>
    public required long Delivered { get; init; }

    /// <summary>Attempts that did not, whether they are tried again or not.</summary>
    public required long Failed { get; init; }

    /// <summary>How long they took.</summary>
    public required DurationHistogram Durations { get; init; }

    /// <summary>All of them.</summary>
    public long Attempts => Delivered + Failed;
}
