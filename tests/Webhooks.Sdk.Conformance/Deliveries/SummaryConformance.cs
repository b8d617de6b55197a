using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class SummaryConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_store_without_attempts_has_nothing_to_sum_up() => (await SummariseAsync(Noon, Hour)).Should().BeEmpty();

    [Fact]
    public async Task Attempts_are_counted_by_subscription_and_step_of_time()
    {
        await AttemptAsync("s1", Noon.AddMinutes(1), Delivered);
        await AttemptAsync("s1", Noon.AddMinutes(59), GivenUp());
        await AttemptAsync("s1", Noon.AddMinutes(61), Delivered);
        await AttemptAsync("s2", Noon.AddMinutes(62), RetryIn(Hour));

        var summaries = await SummariseAsync(Noon, Hour);

        summaries.Select(s => (s.SubscriptionId, s.Start, s.Delivered, s.Failed)).Should().Equal(
            ("s1", Noon, 1, 1), ("s1", Noon.AddHours(1), 1, 0), ("s2", Noon.AddHours(1), 0, 1));
        summaries.Should().OnlyContain(s => s.TenantId == Sample.Tenant);
    }

    [Fact]
    public async Task What_began_before_the_step_of_the_asked_time_does_not_count()
    {
        await AttemptAsync("s1", Noon.AddSeconds(-1), Delivered);
        await AttemptAsync("s1", Noon.AddSeconds(1), Delivered);

        var summaries = await SummariseAsync(Noon.AddMinutes(30), Hour);

        summaries.Should().ContainSingle().Which.Should().Match<AttemptSummary>(s => s.Start == Noon && s.Delivered == 1);
    }

    [Fact]
    public async Task Durations_are_counted_in_the_place_that_holds_them()
    {
        int[] milliseconds = [1, 10, 11, 100, 4999, 60_000];
        foreach (var duration in milliseconds)
        {
            await AttemptAsync("s1", Noon, Delivered, TimeSpan.FromMilliseconds(duration));
        }

        var summary = (await SummariseAsync(Noon, Hour)).Should().ContainSingle().Subject;

        summary.Durations.Counts.Should().Equal(2, 1, 0, 1, 0, 0, 0, 0, 1, 1);
    }

    [Fact]
    public async Task Only_the_wanted_tenant_and_subscriptions_are_counted()
    {
        await AttemptAsync("s1", Noon, Delivered);
        await AttemptAsync("s2", Noon, Delivered);
        await AttemptAsync("s3", Noon, Delivered, tenant: "somebody-else");

        (await IdsAsync(new() { Since = Noon, TenantId = Sample.Tenant })).Should().Equal("s1", "s2");
        (await IdsAsync(new() { Since = Noon, TenantId = Sample.Tenant, SubscriptionIds = ["s2", "s3"] })).Should().Equal("s2");
        (await IdsAsync(new() { Since = Noon, SubscriptionIds = [] })).Should().BeEmpty();
        (await IdsAsync(new() { Since = Noon })).Should().Equal("s1", "s2", "s3");
    }

    [Fact]
    public async Task Tests_and_attempts_whose_lease_was_lost_do_not_count()
    {
        await Deliveries.LogAsync(
            new DeliveryAttemptRecord
            {
                DeliveryId = Guid.NewGuid(),
                EventId = "evt_test",
                EventType = "webhook.test",
                TenantId = Sample.Tenant,
                SubscriptionId = "s1",
                Number = 1,
                Result = Sample.Ok(Noon),
                Outcome = DeliveryState.Delivered,
                IsTest = true,
            },
            Cancel);
        await PublishAsync("s1");
        var lost = await ClaimOneAsync();
        await Fixture.AdvanceAsync(Lease * 2);
        await ClaimOneAsync();
        (await TryRecordAsync(lost, Delivered, Sample.Ok(Noon))).Should().BeFalse();

        (await SummariseAsync(Noon, Hour)).Should().BeEmpty();
    }

    [Fact]
    public async Task Thousands_of_attempts_are_all_counted_once()
    {
        const int Count = 4000;
        await PublishManyAsync(Count, "s1", "s2");
        while (await ClaimAsync(500, 500) is { Count: > 0 } claims)
        {
            await Deliveries.RecordAsync([.. claims.Select(c => new DeliveryRecord(c, Sample.Ok(Noon), Delivered))], Cancel);
        }

        var summaries = await SummariseAsync(Noon, Hour);

        summaries.Select(s => (s.SubscriptionId, s.Delivered, s.Durations.Counts.Sum())).Should().Equal(("s1", Count, Count), ("s2", Count, Count));
    }

    private async ValueTask AttemptAsync(string subscription, DateTimeOffset at, DeliveryTransition transition, TimeSpan? duration = null, string tenant = Sample.Tenant)
    {
        await EnqueueAsync(To(Sample.Event(tenant: tenant), subscription));
        var result = new AttemptResult
        {
            StartedAt = at,
            Duration = duration ?? TimeSpan.FromMilliseconds(20),
            StatusCode = transition is DeliveryTransition.Delivered ? 200 : 500,
        };
        await RecordAsync(await ClaimOneAsync(), transition, result);
    }

    private ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(DateTimeOffset since, TimeSpan step) =>
        Deliveries.SummariseAsync(new AttemptSummaryQuery { Since = since, Step = step }, Cancel);

    private async Task<IEnumerable<string>> IdsAsync(AttemptSummaryQuery query) => (await Deliveries.SummariseAsync(query, Cancel)).Select(s => s.SubscriptionId);
}
