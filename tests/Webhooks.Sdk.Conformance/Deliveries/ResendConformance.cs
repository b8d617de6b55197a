using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class ResendConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task A_failed_one_is_due_at_once_with_a_fresh_schedule()
    {
        var @event = await FailOneAsync("s1");

        (await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel)).Should().Be(ResendOutcome.Resent);

        var claim = await ClaimOneAsync();
        claim.Id.Should().Be(IdOf(@event, "s1"));
        claim.Attempts.Should().Be(0);
        claim.Event.Data.ToArray().Should().Equal(@event.Data.ToArray());
        (await ListAsync(new DeliveryQuery { State = DeliveryState.Failed })).Should().BeEmpty();
        await RecordAsync(claim, Delivered);
        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_delivered_one_is_sent_again()
    {
        var @event = await DeliverOneAsync("s1");

        (await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel)).Should().Be(ResendOutcome.Resent);

        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Pending, "there is one delivery, and it is pending again");
        await RecordAsync(await ClaimOneAsync(), Delivered);
        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Delivered);
        (await AttemptsAsync(new DeliveryQuery { DeliveryId = IdOf(@event, "s1") })).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_pending_one_is_left_as_it_is()
    {
        var @event = await PublishAsync("s1");
        (await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel)).Should().Be(ResendOutcome.AlreadyPending);
        var claim = await ClaimOneAsync();
        (await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel)).Should().Be(ResendOutcome.AlreadyPending, "it is being attempted");
        await RecordAsync(claim, RetryIn(TimeSpan.FromHours(1)));

        (await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel)).Should().Be(ResendOutcome.AlreadyPending, "it waits for its retry");

        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_one_is_not_found() =>
        (await Deliveries.ResendAsync(Guid.NewGuid(), Cancel)).Should().Be(ResendOutcome.NotFound);

    [Fact]
    public async Task Only_the_named_one_of_an_event_is_resent()
    {
        var @event = await PublishAsync("s1", "s2");
        foreach (var claim in await ClaimAsync())
        {
            await RecordAsync(claim, GivenUp());
        }

        await Deliveries.ResendAsync(IdOf(@event, "s2"), Cancel);

        (await ClaimOneAsync()).SubscriptionId.Should().Be("s2");
        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Failed);
    }

    [Fact]
    public async Task Many_that_resend_at_once_send_it_once()
    {
        var @event = await FailOneAsync("s1");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel), Cancel)));

        outcomes.Count(o => o == ResendOutcome.Resent).Should().Be(1);
        outcomes.Count(o => o == ResendOutcome.AlreadyPending).Should().Be(7);
        await ClaimOneAsync();
    }

    [Fact]
    public async Task What_fails_again_after_a_resend_is_failed_once()
    {
        var @event = await FailOneAsync("s1");
        await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel);

        await RecordAsync(await ClaimOneAsync(), GivenUp(FailureReason.EndpointGone));

        (await ListAsync(new DeliveryQuery())).Should().ContainSingle().Which.FailureReason.Should().Be(FailureReason.EndpointGone);
        (await Deliveries.GetBacklogAsync(Cancel)).Failed.Should().Be(1);
    }
}
