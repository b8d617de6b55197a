using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class RecoverConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task What_failed_and_what_was_missed_comes_back_and_nothing_else()
    {
        var delivered = await DeliverOneAsync("s1");
        var failed = await FailOneAsync("s1");
        var missed = await PublishAsync("other");
        var kept = await PublishAsync();
        var pending = await PublishAsync("s1");

        (await RecoverAsync(Sample.Time.AddDays(-1))).Should().Be(3);

        var claimed = (await ClaimAllAsync()).Where(c => c.SubscriptionId == "s1").Select(c => c.Event.Id).ToList();
        claimed.Should().BeEquivalentTo(failed.Id, missed.Id, kept.Id, pending.Id);
        claimed.Should().NotContain(delivered.Id);
    }

    [Fact]
    public async Task Recovering_twice_makes_no_duplicates()
    {
        await FailOneAsync("s1");
        await PublishAsync("other");
        (await RecoverAsync(Sample.Time.AddDays(-1))).Should().Be(2);

        (await RecoverAsync(Sample.Time.AddDays(-1))).Should().Be(0, "both are pending now");

        foreach (var claim in (await ClaimAllAsync()).Where(c => c.SubscriptionId == "s1"))
        {
            await RecordAsync(claim, Delivered);
        }

        (await RecoverAsync(Sample.Time.AddDays(-1))).Should().Be(0, "both are delivered now");
    }

    [Fact]
    public async Task What_is_being_attempted_is_not_sent_a_second_time()
    {
        await PublishAsync("s1");
        await ClaimOneAsync();

        (await RecoverAsync(Sample.Time.AddDays(-1))).Should().Be(0);
        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Only_what_was_published_since_the_time_comes_back()
    {
        await FailOneAsync("s1");
        await PublishAsync();
        await Fixture.AdvanceAsync(TimeSpan.FromHours(2));
        var since = Fixture.UtcNow.AddHours(-1);
        var failed = await FailOneAsync("s1");
        var missed = await PublishAsync();

        (await RecoverAsync(since)).Should().Be(2);

        (await ClaimAllAsync()).Select(c => c.Event.Id).Should().BeEquivalentTo(failed.Id, missed.Id);
    }

    [Fact]
    public async Task Another_tenants_events_and_unwanted_types_are_not_missed()
    {
        await EnqueueAsync(To(Sample.Event(tenant: "somebody-else"), "other"));
        await EnqueueAsync(To(Sample.Event(type: "quota.exceeded"), "other"));
        var wanted = await PublishAsync("other");

        (await RecoverAsync(Sample.Time.AddDays(-1), "review.*")).Should().Be(1);

        (await ClaimAllAsync()).Should().ContainSingle(c => c.SubscriptionId == "s1").Which.Event.Id.Should().Be(wanted.Id);
    }

    [Fact]
    public async Task What_comes_back_comes_in_the_order_of_publication()
    {
        var events = new List<WebhookEvent> { await PublishAsync(), await FailOneAsync("s1"), await PublishAsync(), await FailOneAsync("s1"), await PublishAsync() };

        await Deliveries.RecoverAsync(Request(Sample.Time.AddDays(-1), DeliveryOrdering.Fifo), Cancel);

        var order = new List<string>();
        while (await ClaimAsync(max: 1) is [var claim])
        {
            order.Add(claim.Event.Id);
            await RecordAsync(claim, Delivered);
        }

        order.Should().Equal(events.Select(e => e.Id));
    }

    [Fact]
    public async Task What_comes_back_has_a_fresh_schedule()
    {
        await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.Zero));
        await RecordAsync(await ClaimOneAsync(), GivenUp());

        await RecoverAsync(Sample.Time.AddDays(-1));

        (await ClaimOneAsync()).Attempts.Should().Be(0);
        (await Deliveries.GetBacklogAsync(Cancel)).Failed.Should().Be(0);
    }

    [Fact]
    public async Task The_name_for_what_was_missed_is_the_one_at_recovery()
    {
        await PublishAsync();

        await Deliveries.RecoverAsync(new RecoverRequest(new DeliveryTarget("s1", SubscriptionName: "new name"), Sample.Tenant, new EventTypeFilter([]), Sample.Time.AddDays(-1)), Cancel);

        var claim = await ClaimOneAsync();
        claim.SubscriptionName.Should().Be("new name");
        await RecordAsync(claim, Delivered);
        await Deliveries.ResendAsync(claim.Id, Cancel);
        (await ClaimOneAsync()).SubscriptionName.Should().Be("new name");
    }

    [Fact]
    public async Task A_thousand_missed_events_come_back()
    {
        await PublishManyAsync(1000);

        (await RecoverAsync(Sample.Time.AddDays(-1))).Should().Be(1000);

        (await ClaimAllAsync(max: 500, perSubscription: 500)).Should().HaveCount(1000);
    }

    private ValueTask<int> RecoverAsync(DateTimeOffset since, params string[] eventTypes) => Deliveries.RecoverAsync(Request(since, DeliveryOrdering.Unordered, eventTypes), Cancel);

    private static RecoverRequest Request(DateTimeOffset since, DeliveryOrdering ordering, params string[] eventTypes) =>
        new(new DeliveryTarget("s1", ordering), Sample.Tenant, new EventTypeFilter(eventTypes), since);
}
