namespace Webhooks.Sdk.Conformance.Deliveries;

/// <summary>For stores whose time is the database's: a node's clock decides nothing.</summary>
public abstract class NodeClockConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_node_whose_clock_is_hours_wrong_enqueues_claims_retries_and_leases_like_any_other(int hours)
    {
        Fixture.SetNodeClockWrongBy(TimeSpan.FromHours(hours));

        await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromMinutes(30)));
        (await ClaimAsync()).Should().BeEmpty("the retry is half an hour away");
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(30));
        var claim = await ClaimOneAsync();

        Fixture.SetNodeClockWrongBy(TimeSpan.FromHours(-hours));
        (await ClaimAsync()).Should().BeEmpty("the lease holds");
        await Deliveries.RenewAsync([claim], Lease, Cancel);
        await RecordAsync(claim, Delivered);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task It_purges_by_the_stores_time(int hours)
    {
        var @event = await PublishAsync();
        Fixture.SetNodeClockWrongBy(TimeSpan.FromHours(hours));

        (await Deliveries.PurgeAsync(TimeSpan.FromHours(1), Cancel)).Should().Be(0);

        (await Deliveries.FindEventAsync(@event.Id, Cancel)).Should().NotBeNull();
    }
}
