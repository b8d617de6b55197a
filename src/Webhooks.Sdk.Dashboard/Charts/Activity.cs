using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dashboard.Charts;

/// <summary>One webhook's last hours in equal steps, the empty ones too, oldest first.</summary>
internal sealed class Activity(TimeSpan period, IReadOnlyList<ActivityStep> steps)
{
    public TimeSpan Period => period;

    public IReadOnlyList<ActivityStep> Steps => steps;

    public long Delivered { get; } = steps.Sum(s => s.Delivered);

    public long Failed { get; } = steps.Sum(s => s.Failed);

    public long Attempts => Delivered + Failed;

    public DurationHistogram Durations { get; } = steps.Aggregate(DurationHistogram.Empty, (sum, s) => sum.Plus(s.Durations));

    /// <summary>"the last 24 hours"</summary>
    public string PeriodText => period switch
    {
        { TotalHours: < 2 } => $"the last {(long)Math.Round(period.TotalMinutes)} minutes",
        { TotalHours: <= 72 } => $"the last {(long)Math.Round(period.TotalHours)} hours",
        _ => $"the last {(long)Math.Round(period.TotalDays)} days",
    };

    /// <summary>Reads the activity of some webhooks at once.</summary>
    public static async ValueTask<Func<string, Activity>> ReadAsync(
        IWebhookDeliveries deliveries, string tenantId, IReadOnlyList<string> subscriptions, DateTimeOffset now, TimeSpan period, int steps, CancellationToken cancellationToken)
    {
        var query = new AttemptSummaryQuery { TenantId = tenantId, SubscriptionIds = subscriptions, Since = now, Step = period / steps };
        var first = query.StepOf(now) - steps + 1;
        var summaries = subscriptions.Count == 0 ? [] : await deliveries.SummariseAsync(query with { Since = query.StartOf(first) }, cancellationToken);
        var found = summaries.ToLookup(s => s.SubscriptionId, StringComparer.Ordinal);
        return id => Of(found[id]);

        Activity Of(IEnumerable<AttemptSummary> of)
        {
            var byStart = of.ToDictionary(s => s.Start);
            return new(period, [.. Enumerable.Range(0, steps).Select(i => StepAt(query.StartOf(first + i), byStart))]);
        }
    }

    private static ActivityStep StepAt(DateTimeOffset start, Dictionary<DateTimeOffset, AttemptSummary> byStart) =>
        byStart.TryGetValue(start, out var s) ? new(start, s.Delivered, s.Failed, s.Durations) : new(start, 0, 0, DurationHistogram.Empty);
}
