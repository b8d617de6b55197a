namespace Webhooks.Sdk.Deliveries;

/// <summary>What a worker asks for.</summary>
public sealed record ClaimRequest
{
    /// <summary>At most so many deliveries.</summary>
    public required int MaxCount { get; init; }

    /// <summary>At most so many of one subscription, so that one backlog cannot hide the others.</summary>
    public required int MaxPerSubscription { get; init; }

    /// <summary>How long the claim holds unless it is renewed.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>Subscriptions that this node has no room for now.</summary>
    public IReadOnlySet<string> ExcludedSubscriptions { get; init; } = System.Collections.Frozen.FrozenSet<string>.Empty;
}
