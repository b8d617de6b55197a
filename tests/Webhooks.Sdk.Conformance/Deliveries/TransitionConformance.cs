using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class TransitionConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Delivered_leaves_the_queue_for_good()
    {
        var @event = await PublishAsync("s1");

        await RecordAsync(await ClaimOneAsync(), Delivered);

        await Fixture.AdvanceAsync(Lease * 2);
        (await ClaimAsync()).Should().BeEmpty();
        var delivery = await FindAsync(@event, "s1");
        delivery.State.Should().Be(DeliveryState.Delivered);
        delivery.Attempts.Should().Be(1);
        delivery.DueAt.Should().BeNull();
        delivery.CompletedAt.Should().NotBeNull();
        delivery.FailureReason.Should().BeNull();
    }

    [Fact]
    public async Task Retry_charges_the_attempt_and_comes_back_after_the_delay()
    {
        var @event = await PublishAsync("s1");

        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromMinutes(5)));

        var delivery = await FindAsync(@event, "s1");
        delivery.State.Should().Be(DeliveryState.Pending);
        delivery.Attempts.Should().Be(1);
        delivery.DueAt.Should().BeCloseTo(Fixture.UtcNow.AddMinutes(5), Tolerance);
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await ClaimOneAsync()).Attempts.Should().Be(1);
    }

    [Fact]
    public async Task The_delay_counts_by_the_store_not_by_when_the_attempt_says_that_it_was()
    {
        await PublishAsync("s1");

        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromMinutes(5)), Sample.ServerError(Fixture.UtcNow.AddHours(-2)));

        (await ClaimAsync()).Should().BeEmpty("the node whose clock was two hours slow changes nothing");
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(5));
        await ClaimOneAsync();
    }

    [Fact]
    public async Task Ten_retries_charge_ten_attempts()
    {
        await PublishAsync("s1");
        for (var i = 0; i < 10; i++)
        {
            var claim = await ClaimOneAsync();
            claim.Attempts.Should().Be(i);
            await RecordAsync(claim, RetryIn(TimeSpan.FromHours(10)));
            await Fixture.AdvanceAsync(TimeSpan.FromHours(10));
        }

        (await ClaimOneAsync()).Attempts.Should().Be(10);
    }

    [Theory]
    [InlineData(FailureReason.Exhausted)]
    [InlineData(FailureReason.EndpointGone)]
    public async Task Failed_leaves_the_queue_and_is_kept_with_its_reason(FailureReason reason)
    {
        var @event = await PublishAsync("s1");

        await RecordAsync(await ClaimOneAsync(), GivenUp(reason));

        await Fixture.AdvanceAsync(Lease * 2);
        (await ClaimAsync()).Should().BeEmpty();
        var delivery = await FindAsync(@event, "s1");
        delivery.State.Should().Be(DeliveryState.Failed);
        delivery.FailureReason.Should().Be(reason);
        delivery.Attempts.Should().Be(1);
        delivery.CompletedAt.Should().NotBeNull();
        delivery.DueAt.Should().BeNull();
    }

    [Fact]
    public async Task Failed_without_an_attempt_charges_none_and_logs_none()
    {
        var @event = await PublishAsync("s1");

        await RecordAsync(await ClaimOneAsync(), GivenUp(FailureReason.SubscriptionDeleted));

        var delivery = await FindAsync(@event, "s1");
        delivery.FailureReason.Should().Be(FailureReason.SubscriptionDeleted);
        delivery.Attempts.Should().Be(0);
        (await AttemptsAsync(new DeliveryQuery())).Should().BeEmpty();
    }

    [Fact]
    public async Task Released_charges_nothing_and_is_due_again_after_the_delay()
    {
        await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), Released(TimeSpan.FromSeconds(30)));

        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(30));
        var again = await ClaimOneAsync();
        again.Attempts.Should().Be(0);

        await RecordAsync(again, Released());
        (await ClaimOneAsync()).Attempts.Should().Be(0, "without a delay it is due at once");
    }

    [Fact]
    public async Task An_attempt_that_was_aborted_is_logged_but_not_charged()
    {
        await PublishAsync("s1");
        var aborted = new AttemptResult { StartedAt = Fixture.UtcNow, Error = AttemptError.Aborted };

        await RecordAsync(await ClaimOneAsync(), Released(), aborted);

        (await ClaimOneAsync()).Attempts.Should().Be(0);
        var line = (await AttemptsAsync(new DeliveryQuery())).Should().ContainSingle().Subject;
        line.Result.Error.Should().Be(AttemptError.Aborted);
        line.Outcome.Should().Be(DeliveryState.Pending);
    }

    [Fact]
    public async Task A_batch_may_hold_every_kind_of_transition()
    {
        var events = await PublishManyAsync(4, "s1");
        var claims = (await ClaimAsync()).ToDictionary(c => c.Event.Id);

        var lost = await Deliveries.RecordAsync(
            [
                new(claims[events[0].Id], Sample.Ok(Fixture.UtcNow), Delivered),
                new(claims[events[1].Id], Sample.NoAnswer(Fixture.UtcNow), RetryIn(TimeSpan.FromHours(1))),
                new(claims[events[2].Id], Sample.ServerError(Fixture.UtcNow), GivenUp()),
                new(claims[events[3].Id], null, Released(TimeSpan.FromHours(1))),
            ],
            Cancel);

        lost.Should().BeEmpty();
        var states = (await ListAsync(new DeliveryQuery())).ToDictionary(d => d.EventId, d => (d.State, d.Attempts));
        states[events[0].Id].Should().Be((DeliveryState.Delivered, 1));
        states[events[1].Id].Should().Be((DeliveryState.Pending, 1));
        states[events[2].Id].Should().Be((DeliveryState.Failed, 1));
        states[events[3].Id].Should().Be((DeliveryState.Pending, 0));
    }
}
