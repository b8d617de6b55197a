using Webhooks.Sdk.Retries;

namespace Webhooks.Sdk.Conformance.Subscriptions;

public abstract class HealthConformance<TFixture> : SubscriptionConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);
    private static readonly HealthChange Success = new(Succeeded: true, 0, 0);

    [Fact]
    public async Task Failures_add_up_and_the_time_counts_from_the_first()
    {
        await AddAsync("s1");

        var first = await RecordAsync("s1", Failed(2));
        await Fixture.AdvanceAsync(TimeSpan.FromHours(3));
        var second = await RecordAsync("s1", Failed(1, exhausted: 1));
        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        var third = await RecordAsync("s1", Failed(5, exhausted: 2));

        Assert(first, TimeSpan.Zero, 2, 0);
        Assert(second, TimeSpan.FromHours(3), 3, 1);
        Assert(third, TimeSpan.FromHours(4), 8, 3);
    }

    [Fact]
    public async Task A_success_makes_all_of_it_zero()
    {
        await AddAsync("s1");
        await RecordAsync("s1", Failed(9, exhausted: 4));
        await Fixture.AdvanceAsync(TimeSpan.FromHours(3));

        var healthy = await RecordAsync("s1", Success);
        await Fixture.AdvanceAsync(TimeSpan.FromHours(3));
        var failingAnew = await RecordAsync("s1", Failed(1));

        healthy.Should().Be(default(EndpointHealth));
        Assert(failingAnew, TimeSpan.Zero, 1, 0);
    }

    [Fact]
    public async Task Failures_after_a_success_in_one_batch_count_from_there()
    {
        await AddAsync("s1");
        await RecordAsync("s1", Failed(9, exhausted: 4));
        await Fixture.AdvanceAsync(TimeSpan.FromHours(3));

        var health = await RecordAsync("s1", new HealthChange(Succeeded: true, 2, 1));

        Assert(health, TimeSpan.Zero, 2, 1);
    }

    [Fact]
    public async Task Each_has_its_own_and_an_unknown_one_is_healthy()
    {
        await AddAsync("s1");
        await AddAsync("s2");

        await RecordAsync("s1", Failed(3));

        Assert(await RecordAsync("s2", Failed(1)), TimeSpan.Zero, 1, 0);
        (await RecordAsync("nobody", Failed(1))).Should().Be(default(EndpointHealth));
        (await Subscriptions.FindAsync("nobody", Cancel)).Should().BeNull();
    }

    [Fact]
    public async Task Health_changes_no_version_and_a_change_keeps_the_health()
    {
        var subscription = await AddAsync("s1");
        await RecordAsync("s1", Failed(3));
        (await Subscriptions.FindAsync("s1", Cancel))!.Version.Should().Be(1);

        (await Subscriptions.UpdateAsync(subscription with { Name = "renamed", Version = 2 }, 1, Cancel)).Should().BeTrue();

        Assert(await RecordAsync("s1", Failed(1)), TimeSpan.Zero, 4, 0);
    }

    [Fact]
    public async Task One_that_is_deleted_and_made_again_starts_healthy()
    {
        await AddAsync("s1");
        await RecordAsync("s1", Failed(9, exhausted: 4));
        await Subscriptions.DeleteAsync("s1", Cancel);
        await AddAsync("s1");

        Assert(await RecordAsync("s1", Failed(1)), TimeSpan.Zero, 1, 0);
    }

    [Fact]
    public async Task Many_that_report_at_once_are_all_counted()
    {
        await AddAsync("s1");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await RecordAsync("s1", Failed(1)), Cancel)));

        (await RecordAsync("s1", Failed(1))).FailedAttempts.Should().Be(21);
    }

    private ValueTask<EndpointHealth> RecordAsync(string id, HealthChange change) => Subscriptions.RecordHealthAsync(id, change, Cancel);

    private static HealthChange Failed(int attempts, int exhausted = 0) => new(Succeeded: false, attempts, exhausted);

    private static void Assert(EndpointHealth health, TimeSpan failingFor, int attempts, int exhausted)
    {
        health.FailingFor.Should().BeCloseTo(failingFor, Tolerance);
        health.FailedAttempts.Should().Be(attempts);
        health.ExhaustedDeliveries.Should().Be(exhausted);
    }
}
