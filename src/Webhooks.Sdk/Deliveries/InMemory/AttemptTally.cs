namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>Counts the lines of the attempts log by subscription and step of time. Looks at every line: fine for a log that is bounded.</summary>
internal static class AttemptTally
{
    private sealed class AttemptSum(string tenantId)
    {
        public readonly string TenantId = tenantId;
        public readonly long[] Durations = new long[DurationHistogram.Empty.Counts.Count];
        public long Delivered;
        public long Failed;
    }

    public static IReadOnlyList<AttemptSummary> Of(AttemptLog log, AttemptSummaryQuery query)
    {
        var wanted = query.SubscriptionIds?.ToHashSet(StringComparer.Ordinal);
        var since = query.StartOf(query.FirstStep);
        var sums = new Dictionary<(string Subscription, long Step), AttemptSum>();
        foreach (var line in log.NewestFirst())
        {
            if (line.IsTest || line.Outcome is not { } outcome || line.Result.StartedAt < since
                || (query.TenantId is { } tenant && tenant != line.TenantId) || wanted?.Contains(line.SubscriptionId) == false)
            {
                continue;
            }

            var key = (line.SubscriptionId, query.StepOf(line.Result.StartedAt));
            if (!sums.TryGetValue(key, out var sum))
            {
                sums.Add(key, sum = new AttemptSum(line.TenantId));
            }

            sum.Delivered += outcome == DeliveryState.Delivered ? 1 : 0;
            sum.Failed += outcome == DeliveryState.Delivered ? 0 : 1;
            sum.Durations[DurationHistogram.PlaceOf(line.Result.Duration)]++;
        }

        return [.. sums.OrderBy(s => s.Key.Subscription, StringComparer.Ordinal).ThenBy(s => s.Key.Step).Select(s => new AttemptSummary
        {
            TenantId = s.Value.TenantId,
            SubscriptionId = s.Key.Subscription,
            Start = query.StartOf(s.Key.Step),
            Delivered = s.Value.Delivered,
            Failed = s.Value.Failed,
            Durations = new DurationHistogram(s.Value.Durations),
        })];
    }
}
