using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Tests.Deliveries;

/// <summary>What only the queue in memory does in its own way.</summary>
public sealed class InMemoryQueueTests : DeliveryConformance<InMemoryFixture>
{
    [Fact]
    public async Task A_fifo_head_that_waits_holds_up_what_was_published_when_the_subscription_was_unordered_again()
    {
        var first = await PublishFifoAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(Lease));
        var second = await PublishAsync("s1");
        (await ClaimAsync()).Should().BeEmpty();

        await Fixture.AdvanceAsync(Lease);

        (await ClaimAsync()).Select(c => c.Event.Id).Should().Equal(first.Id, second.Id);
    }

    [Fact]
    public async Task What_fails_while_it_waits_no_longer_holds_up_others_and_does_not_come_back()
    {
        await PublishFifoAsync("fifo");
        await RecordAsync(await ClaimOneAsync(), RetryIn(Lease));
        await Deliveries.FailPendingAsync("fifo", FailureReason.SubscriptionDisabled, Cancel);
        var next = await PublishFifoAsync("fifo");

        var claim = await ClaimOneAsync();
        claim.Event.Id.Should().Be(next.Id);
        await RecordAsync(claim, Delivered);
        await Fixture.AdvanceAsync(Lease);

        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_waits_for_others_stays_when_a_subscription_fails()
    {
        var waiting = await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(Lease));
        await PublishAsync("s2");
        await RecordAsync(await ClaimOneAsync(), RetryIn(Lease));
        await Deliveries.FailPendingAsync("s2", FailureReason.SubscriptionDisabled, Cancel);

        await Fixture.AdvanceAsync(Lease);

        (await ClaimOneAsync()).Event.Id.Should().Be(waiting.Id);
    }

    [Fact]
    public async Task Events_that_came_with_one_list_of_targets_are_recovered_each_for_itself()
    {
        DeliveryTarget[] targets = [new("s1")];
        await Deliveries.EnqueueAsync([new(Sample.Event(), targets), new(Sample.Event(), targets)], null, Cancel);

        (await Deliveries.RecoverAsync(new(new DeliveryTarget("s2"), Sample.Tenant, new([]), Sample.Time.AddDays(-1)), Cancel)).Should().Be(2);
        (await ClaimAllAsync()).Count(c => c.SubscriptionId == "s2").Should().Be(2);
    }

    [Fact]
    public async Task The_list_that_a_claim_returns_has_no_more_room_than_it_can_need()
    {
        await PublishManyAsync(20, "s1");

        ((List<ClaimedDelivery>)await ClaimAsync(max: 10, perSubscription: 4)).Capacity.Should().Be(4);
        ((List<ClaimedDelivery>)await ClaimAsync(max: 10, perSubscription: int.MaxValue)).Capacity.Should().Be(10);
        ((List<ClaimedDelivery>)await ClaimAsync(max: int.MaxValue, perSubscription: int.MaxValue)).Capacity.Should().Be(6);
    }
}
