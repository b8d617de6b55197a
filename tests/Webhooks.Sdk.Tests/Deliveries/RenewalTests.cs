using Webhooks.Sdk.Conformance.Deliveries;

namespace Webhooks.Sdk.Tests.Deliveries;

public sealed class RenewalTests : DeliveryConformance<InMemoryFixture>
{
    [Fact]
    public async Task A_lease_that_is_renewed_for_less_than_it_had_left_ends_when_the_renewal_says()
    {
        await PublishAsync("s1");
        var claim = await ClaimOneAsync();
        await Deliveries.RenewAsync([claim], Lease / 2, Cancel);

        await Fixture.AdvanceAsync(Lease / 2);

        (await Deliveries.GetBacklogAsync(Cancel)).Leased.Should().Be(0);
        await RecordAsync(await ClaimOneAsync(), Delivered);
        (await TryRecordAsync(claim, Delivered)).Should().BeFalse();
    }
}
