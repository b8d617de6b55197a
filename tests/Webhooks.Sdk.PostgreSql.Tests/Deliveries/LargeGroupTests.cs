using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

/// <summary>Many events in one transaction.</summary>
public sealed class LargeGroupTests : DeliveryConformance<PostgreSqlFixture>
{
    private const int Many = 300;

    [Fact]
    public async Task Every_column_is_stored_as_for_a_single_one()
    {
        var plain = Enumerable.Range(0, Many).Select(_ => To(Sample.Event(), "s1"));
        var rich = new WebhookEvent
        {
            Id = "evt_ümläut",
            Type = "review.created",
            TenantId = "t-1",
            TenantName = "Zoë & Söhne",
            CreatedAt = Sample.Time,
            Data = "{\"é\":\"\\u0000\"}"u8.ToArray(),
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            TargetCount = 2,
        };

        await Deliveries.EnqueueAsync([.. plain, new(rich, [new("named", DeliveryOrdering.Unordered, "Büro"), new("fifo", DeliveryOrdering.Fifo)])], null, Cancel);

        (await Deliveries.FindEventAsync(rich.Id, Cancel)).Should().BeEquivalentTo(rich, o => o.Excluding(e => e.Data));
        (await Deliveries.FindEventAsync(rich.Id, Cancel))!.Data.ToArray().Should().Equal(rich.Data.ToArray());
        var claims = await ClaimAsync(excluded: "s1");
        claims.Select(c => (c.SubscriptionId, c.SubscriptionName, c.Event.Id)).Should().BeEquivalentTo([("named", "Büro", rich.Id), ("fifo", (string?)null, rich.Id)]);
        claims.Should().OnlyContain(c => c.Id == IdOf(rich, c.SubscriptionId));
    }

    [Fact]
    public async Task An_id_that_is_known_or_comes_twice_is_told_apart_from_the_new_ones()
    {
        var known = await PublishAsync("s1");
        List<WebhookEvent> events = [.. Enumerable.Range(0, Many).Select(_ => Sample.Event())];

        var stored = await Deliveries.EnqueueAsync([To(known, "s1"), .. events.Select(e => To(e, "s1")), To(events[0], "s1")], null, Cancel);

        stored.Should().Equal([false, .. events.Select(_ => true), false]);
        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(events.Count + 1);
    }

    [Fact]
    public async Task Events_without_subscribers_are_kept()
    {
        List<WebhookEvent> events = [.. Enumerable.Range(0, Many).Select(_ => Sample.Event())];

        await Deliveries.EnqueueAsync([.. events.Select(e => To(e))], null, Cancel);

        (await Deliveries.FindEventAsync(events[^1].Id, Cancel)).Should().NotBeNull();
        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_goes_by_hand_is_leased_in_the_database_until_its_lease_ends()
    {
        (await ClaimAsync()).Should().BeEmpty();
        await Deliveries.WaitAsync(TimeSpan.FromMilliseconds(1), Cancel);
        await PublishManyAsync(Many, "s1");

        (await Fixture.ReadAsync<long>($"SELECT count(*) FROM {Fixture.Schema}.deliveries WHERE lease_token IS NOT NULL")).Should().Be(Many);
        await Fixture.CrashAsync();
        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(Lease);

        (await ClaimAllAsync()).Should().HaveCount(Many);
    }
}
