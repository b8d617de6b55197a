using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

/// <summary>For stores that outlive the process.</summary>
public abstract class DurabilityConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task What_was_enqueued_is_there_after_a_crash()
    {
        var events = await PublishManyAsync(50, "s1");

        await Fixture.CrashAsync();

        (await ClaimAllAsync()).Select(c => c.Event.Id).Should().BeEquivalentTo(events.Select(e => e.Id));
    }

    [Fact]
    public async Task What_was_claimed_comes_back_when_its_lease_has_ended()
    {
        await PublishAsync("s1");
        var dead = await ClaimOneAsync();

        await Fixture.CrashAsync();
        await Fixture.AdvanceAsync(Lease);

        var claim = await ClaimOneAsync();
        claim.Id.Should().Be(dead.Id);
        claim.Attempts.Should().Be(0);
        (await TryRecordAsync(dead, Delivered)).Should().BeFalse();
    }

    [Fact]
    public async Task What_was_recorded_is_there_after_a_crash()
    {
        var delivered = await DeliverOneAsync("s1");
        var failed = await FailOneAsync("s1");
        var retried = await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromMinutes(5)));

        await Fixture.CrashAsync();

        (await FindAsync(delivered, "s1")).State.Should().Be(DeliveryState.Delivered);
        (await FindAsync(failed, "s1")).State.Should().Be(DeliveryState.Failed);
        (await FindAsync(retried, "s1")).Attempts.Should().Be(1);
        (await AttemptsAsync(new DeliveryQuery())).Should().HaveCount(3);
        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await ClaimOneAsync()).Event.Id.Should().Be(retried.Id);
    }

    [Fact]
    public async Task An_id_stays_known_after_a_crash()
    {
        var @event = await PublishAsync("s1");

        await Fixture.CrashAsync();

        (await EnqueueAsync(To(@event, "s1"))).Should().BeFalse();
    }
}
