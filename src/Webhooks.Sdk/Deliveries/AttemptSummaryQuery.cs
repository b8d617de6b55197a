namespace Webhooks.Sdk.Deliveries;

/// <summary>Which attempts to count, and in what steps of time. What is null does not filter.</summary>
public sealed record AttemptSummaryQuery
{
    /// <summary>The smallest step, and what every other one is a multiple of.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromMinutes(5);

    /// <summary>Only this tenant's.</summary>
    public string? TenantId { get; init; }

    /// <summary>Only these subscriptions'.</summary>
    public IReadOnlyList<string>? SubscriptionIds { get; init; }

    /// <summary>Attempts that began at this time or later; moved back to the beginning of its step.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The length of a step, raised to a multiple of <see cref="Resolution"/>. Steps begin at whole multiples since 1970, in UTC.</summary>
    public TimeSpan Step { get; init; } = Resolution;

    /// <summary>How many times <see cref="Resolution"/> a step is.</summary>
    public long UnitsPerStep => Math.Max(1, (Step.Ticks + Resolution.Ticks - 1) / Resolution.Ticks);

    /// <summary>The number of the first step.</summary>
    public long FirstStep => StepOf(Since);

    /// <summary>The number of the step that a time is in.</summary>
    public long StepOf(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / (UnitsPerStep * Resolution.Ticks);

    /// <summary>When a step begins.</summary>
    public DateTimeOffset StartOf(long step) => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(step * UnitsPerStep * Resolution.Ticks);
}
