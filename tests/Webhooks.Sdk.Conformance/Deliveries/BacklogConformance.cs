using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class BacklogConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task An_empty_store_has_none() => (await BacklogAsync()).Should().Be(new DeliveryBacklog(0, 0, 0, null, null));

    [Fact]
    public async Task It_counts_what_is_pending_leased_and_failed()
    {
        await DeliverOneAsync("s1");
        await FailOneAsync("s1");
        await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromHours(1)));
        await PublishManyAsync(5, "s1");
        await ClaimAsync(max: 2);

        var backlog = await BacklogAsync();

        (backlog.Pending, backlog.Leased, backlog.Failed).Should().Be((6, 2, 1));
    }

    [Fact]
    public async Task It_says_since_when_the_oldest_one_has_been_due_and_when_the_next_one_will_be()
    {
        await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromHours(1)));
        (await BacklogAsync()).OldestDueAt.Should().BeNull("nothing is due");
        var published = Fixture.UtcNow;
        await PublishAsync("s1");
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(10));

        var backlog = await BacklogAsync();

        backlog.OldestDueAt.Should().BeCloseTo(published, Tolerance);
        backlog.NextDueAt.Should().BeCloseTo(published.AddHours(1), Tolerance);
    }

    [Fact]
    public async Task A_retry_whose_time_has_come_is_due_and_no_longer_next()
    {
        await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromMinutes(1)));
        var due = Fixture.UtcNow.AddMinutes(1);
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(5));

        var backlog = await BacklogAsync();

        backlog.OldestDueAt.Should().BeCloseTo(due, Tolerance);
        backlog.NextDueAt.Should().BeNull();
    }

    [Fact]
    public async Task A_lease_that_has_ended_is_no_longer_counted_as_leased()
    {
        await PublishAsync("s1");
        await ClaimOneAsync();
        await Fixture.AdvanceAsync(Lease);

        var backlog = await BacklogAsync();

        (backlog.Pending, backlog.Leased).Should().Be((1, 0));
        backlog.OldestDueAt.Should().NotBeNull();
    }

    private ValueTask<DeliveryBacklog> BacklogAsync() => Deliveries.GetBacklogAsync(Cancel);
}
