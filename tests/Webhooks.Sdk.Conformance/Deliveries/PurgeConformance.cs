using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class PurgeConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);

    [Fact]
    public async Task What_is_older_goes_and_what_is_younger_or_pending_stays()
    {
        var delivered = await DeliverOneAsync("s1");
        var failed = await FailOneAsync("s1");
        var pending = await PublishAsync("s1");
        await Fixture.AdvanceAsync(Age + TimeSpan.FromHours(1));
        var young = await PublishAsync("s2");
        await RecordAsync((await ClaimAsync(excluded: ["s1"])).Single(), GivenUp());

        (await Deliveries.PurgeAsync(Age, Cancel)).Should().Be(5, "two events, two attempts and one failed delivery are old");

        (await Deliveries.FindEventAsync(delivered.Id, Cancel)).Should().BeNull();
        (await Deliveries.FindEventAsync(failed.Id, Cancel)).Should().BeNull();
        (await Deliveries.FindEventAsync(pending.Id, Cancel)).Should().NotBeNull();
        (await Deliveries.FindEventAsync(young.Id, Cancel)).Should().NotBeNull();
        (await ListAsync(new DeliveryQuery())).Select(d => d.EventId).Should().BeEquivalentTo(pending.Id, young.Id);
        (await AttemptsAsync(new DeliveryQuery())).Should().ContainSingle().Which.EventId.Should().Be(young.Id);
        (await ClaimOneAsync()).Event.Data.ToArray().Should().Equal(pending.Data.ToArray());
    }

    [Fact]
    public async Task What_is_purged_can_no_longer_be_resent_or_recovered()
    {
        var failed = await FailOneAsync("s1");
        await PublishAsync();
        await Fixture.AdvanceAsync(Age + TimeSpan.FromHours(1));

        await Deliveries.PurgeAsync(Age, Cancel);

        (await Deliveries.ResendAsync(IdOf(failed, "s1"), Cancel)).Should().Be(ResendOutcome.NotFound);
        (await Deliveries.RecoverAsync(new RecoverRequest(new DeliveryTarget("s1"), Sample.Tenant, new Events.EventTypeFilter([]), Sample.Time.AddYears(-1)), Cancel)).Should().Be(0);
    }

    [Fact]
    public async Task Purging_again_finds_nothing()
    {
        await DeliverOneAsync("s1");
        (await Deliveries.PurgeAsync(Age, Cancel)).Should().Be(0);
        await Fixture.AdvanceAsync(Age + TimeSpan.FromHours(1));

        (await Deliveries.PurgeAsync(Age, Cancel)).Should().Be(2);
        (await Deliveries.PurgeAsync(Age, Cancel)).Should().Be(0);
    }

    [Fact]
    public async Task More_than_one_batch_of_old_rows_goes()
    {
        await PublishManyAsync(2500);
        await Fixture.AdvanceAsync(Age + TimeSpan.FromHours(1));

        (await Deliveries.PurgeAsync(Age, Cancel)).Should().Be(2500);
    }
}
