using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class LeaseConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly TimeSpan Half = Lease / 2;

    [Fact]
    public async Task A_lease_holds_until_its_end_and_no_longer()
    {
        await PublishAsync("s1");
        var first = await ClaimOneAsync();

        await Fixture.AdvanceAsync(Half);
        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(Half);
        var second = await ClaimOneAsync();

        second.Id.Should().Be(first.Id);
        second.LeaseToken.Should().NotBe(first.LeaseToken);
        second.Attempts.Should().Be(0, "an attempt whose end nobody knows is not charged");
    }

    [Fact]
    public async Task A_renewed_lease_holds_from_the_renewal_on()
    {
        await PublishAsync("s1");
        var claim = await ClaimOneAsync();
        await Fixture.AdvanceAsync(Half);

        await Deliveries.RenewAsync([claim], Lease, Cancel);

        await Fixture.AdvanceAsync(Half + Half / 2);
        (await ClaimAsync()).Should().BeEmpty();
        await RecordAsync(claim, Delivered);
    }

    [Fact]
    public async Task A_renewed_lease_ends_too()
    {
        await PublishAsync("s1");
        var claim = await ClaimOneAsync();
        await Deliveries.RenewAsync([claim], Lease * 2, Cancel);

        await Fixture.AdvanceAsync(Lease * 2);

        (await ClaimOneAsync()).Id.Should().Be(claim.Id);
    }

    [Fact]
    public async Task A_lost_lease_stays_lost_when_it_is_renewed()
    {
        await PublishAsync("s1");
        var lost = await ClaimOneAsync();
        await Fixture.AdvanceAsync(Lease);
        var holder = await ClaimOneAsync();

        await Deliveries.RenewAsync([lost], Lease * 10, Cancel);

        (await TryRecordAsync(lost, Delivered)).Should().BeFalse();
        await Fixture.AdvanceAsync(Lease);
        (await ClaimOneAsync()).Id.Should().Be(holder.Id, "the holder's lease ended when it should");
    }

    [Fact]
    public async Task A_lost_lease_writes_its_log_row_and_nothing_else()
    {
        var @event = await PublishAsync("s1");
        var lost = await ClaimOneAsync();
        await Fixture.AdvanceAsync(Lease);
        var holder = await ClaimOneAsync();

        (await TryRecordAsync(lost, Delivered)).Should().BeFalse();

        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Pending);
        var line = (await AttemptsAsync(new DeliveryQuery())).Should().ContainSingle().Subject;
        line.Outcome.Should().BeNull("it led to nothing");
        line.Result.StatusCode.Should().Be(204);
        await RecordAsync(holder, RetryIn(TimeSpan.FromSeconds(5)));
        (await FindAsync(@event, "s1")).Attempts.Should().Be(1, "only the holder's attempt is charged");
    }

    [Fact]
    public async Task A_lease_that_ended_but_that_nobody_else_took_may_still_record()
    {
        var @event = await PublishAsync("s1");
        var claim = await ClaimOneAsync();
        await Fixture.AdvanceAsync(Lease * 2);

        await RecordAsync(claim, Delivered);

        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Delivered);
        (await ClaimAsync()).Should().BeEmpty("what has arrived is not sent a second time");
    }

    [Fact]
    public async Task A_result_is_recorded_once()
    {
        await PublishAsync("s1");
        var claim = await ClaimOneAsync();
        await RecordAsync(claim, RetryIn(TimeSpan.Zero));

        (await TryRecordAsync(claim, Delivered)).Should().BeFalse("the first record ended the lease");

        (await ClaimOneAsync()).Attempts.Should().Be(1);
    }

    [Fact]
    public async Task One_lost_lease_in_a_batch_does_not_harm_the_others()
    {
        var events = await PublishManyAsync(3, "s1");
        var claims = await ClaimAsync();
        await RecordAsync(claims[1], GivenUp());

        var lost = await Deliveries.RecordAsync([.. claims.Select(c => new DeliveryRecord(c, Sample.Ok(Fixture.UtcNow), Delivered))], Cancel);

        lost.Should().Equal(claims[1]);
        (await FindAsync(events[0], "s1")).State.Should().Be(DeliveryState.Delivered);
        (await FindAsync(events[1], "s1")).State.Should().Be(DeliveryState.Failed);
        (await FindAsync(events[2], "s1")).State.Should().Be(DeliveryState.Delivered);
    }

    [Fact]
    public async Task Nothing_to_renew_and_nothing_to_record_are_fine()
    {
        await Deliveries.RenewAsync([], Lease, Cancel);

        (await Deliveries.RecordAsync([], Cancel)).Should().BeEmpty();
    }
}
