using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class FailPendingConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Theory]
    [InlineData(FailureReason.SubscriptionDisabled)]
    [InlineData(FailureReason.SubscriptionSuspended)]
    [InlineData(FailureReason.SubscriptionDeleted)]
    public async Task What_is_due_and_what_waits_is_given_up_with_the_reason(FailureReason reason)
    {
        var waiting = await PublishAsync("off");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromHours(1)));
        var due = await PublishAsync("off", "on");

        (await Deliveries.FailPendingAsync("off", reason, Cancel)).Should().Be(2);

        (await FindAsync(waiting, "off")).Should().Match<WebhookDelivery>(d => d.State == DeliveryState.Failed && d.FailureReason == reason && d.Attempts == 1);
        (await FindAsync(due, "off")).Should().Match<WebhookDelivery>(d => d.State == DeliveryState.Failed && d.FailureReason == reason && d.Attempts == 0);
        (await ClaimOneAsync()).SubscriptionId.Should().Be("on");
        await Fixture.AdvanceAsync(TimeSpan.FromHours(2));
        (await ClaimAsync()).Should().OnlyContain(c => c.SubscriptionId == "on");
    }

    [Fact]
    public async Task What_is_being_attempted_is_left_to_its_worker()
    {
        var @event = await PublishAsync("off");
        var claim = await ClaimOneAsync();

        (await Deliveries.FailPendingAsync("off", FailureReason.SubscriptionDisabled, Cancel)).Should().Be(0);

        await RecordAsync(claim, Delivered);
        (await FindAsync(@event, "off")).State.Should().Be(DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_lease_that_has_ended_does_not_protect()
    {
        var @event = await PublishAsync("off");
        var claim = await ClaimOneAsync();
        await Fixture.AdvanceAsync(Lease);

        (await Deliveries.FailPendingAsync("off", FailureReason.SubscriptionDisabled, Cancel)).Should().Be(1);

        (await TryRecordAsync(claim, RetryIn(TimeSpan.Zero))).Should().BeFalse();
        (await FindAsync(@event, "off")).State.Should().Be(DeliveryState.Failed);
        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_fifo_queue_is_given_up_as_a_whole()
    {
        await PublishFifoAsync("off");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromHours(1)));
        await PublishFifoAsync("off");

        (await Deliveries.FailPendingAsync("off", FailureReason.SubscriptionSuspended, Cancel)).Should().Be(2);

        await Fixture.AdvanceAsync(TimeSpan.FromHours(2));
        (await ClaimAsync()).Should().BeEmpty();
        var fresh = await PublishFifoAsync("off");
        (await ClaimOneAsync()).Event.Id.Should().Be(fresh.Id, "nothing that was given up blocks what comes later");
    }

    [Fact]
    public async Task Nothing_pending_is_zero()
    {
        await DeliverOneAsync("s1");

        (await Deliveries.FailPendingAsync("s1", FailureReason.SubscriptionDisabled, Cancel)).Should().Be(0);
        (await Deliveries.FailPendingAsync("nobody", FailureReason.SubscriptionDisabled, Cancel)).Should().Be(0);
    }

    [Fact]
    public async Task A_thousand_are_given_up_at_once()
    {
        await PublishManyAsync(1000, "off");

        (await Deliveries.FailPendingAsync("off", FailureReason.SubscriptionSuspended, Cancel)).Should().Be(1000);

        (await Deliveries.GetBacklogAsync(Cancel)).Should().Match<DeliveryBacklog>(b => b.Pending == 0 && b.Failed == 1000);
    }
}
