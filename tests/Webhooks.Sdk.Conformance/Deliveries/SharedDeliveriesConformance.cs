using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

/// <summary>For stores that several nodes or processes share.</summary>
public abstract class SharedDeliveriesConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly ClaimRequest Any = new() { MaxCount = 7, MaxPerSubscription = 3, Lease = Lease };

    [Fact]
    public async Task Two_nodes_share_the_work_and_give_nothing_twice()
    {
        var (other, _) = await Fixture.OpenNodeAsync();
        var events = await PublishManyAsync(60, "s1", "s2", "s3");

        var mine = Task.Run(() => ClaimAllFromAsync(Deliveries), Cancel);
        var theirs = Task.Run(() => ClaimAllFromAsync(other), Cancel);

        List<ClaimedDelivery> all = [.. await mine, .. await theirs, .. await ClaimAllFromAsync(Deliveries)];
        all.Select(c => c.Id).Should().OnlyHaveUniqueItems();
        all.Should().HaveCount(events.Count * 3);
    }

    [Fact]
    public async Task What_one_publishes_the_other_delivers_and_both_see_it()
    {
        var (other, _) = await Fixture.OpenNodeAsync();
        var @event = await PublishAsync("s1");

        var claim = (await other.ClaimAsync(Any, Cancel)).Should().ContainSingle().Subject;
        (await ClaimAsync()).Should().BeEmpty();
        await other.RecordAsync([new DeliveryRecord(claim, Sample.Ok(Fixture.UtcNow), Delivered)], Cancel);

        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Delivered);
        (await AttemptsAsync(new DeliveryQuery())).Should().ContainSingle();
    }

    [Fact]
    public async Task A_node_that_dies_leaves_its_claims_to_the_other()
    {
        var (other, _) = await Fixture.OpenNodeAsync();
        await PublishAsync("s1");
        var dead = (await other.ClaimAsync(Any, Cancel)).Single();

        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(Lease);
        var claim = await ClaimOneAsync();

        (await other.RecordAsync([new DeliveryRecord(dead, Sample.Ok(Fixture.UtcNow), Delivered)], Cancel)).Should().Equal(dead);
        await RecordAsync(claim, Delivered);
    }

    [Fact]
    public async Task One_id_that_two_nodes_publish_at_once_is_stored_once()
    {
        var (other, _) = await Fixture.OpenNodeAsync();
        for (var i = 0; i < 20; i++)
        {
            var id = $"evt_{i}";
            var stored = await Task.WhenAll(
                Task.Run(async () => (await Deliveries.EnqueueAsync([To(Sample.Event(id), "s1")], null, Cancel)).Single(), Cancel),
                Task.Run(async () => (await other.EnqueueAsync([To(Sample.Event(id), "s1")], null, Cancel)).Single(), Cancel));
            stored.Count(isNew => isNew).Should().Be(1);
        }

        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(20);
    }

    [Fact]
    public async Task A_fifo_subscription_has_one_lease_among_all_nodes()
    {
        var (other, _) = await Fixture.OpenNodeAsync();
        var first = await PublishFifoAsync("fifo");
        var second = await PublishFifoAsync("fifo");

        var claim = await ClaimOneAsync();
        claim.Event.Id.Should().Be(first.Id);
        (await other.ClaimAsync(Any, Cancel)).Should().BeEmpty();
        await RecordAsync(claim, Delivered);

        (await other.ClaimAsync(Any, Cancel)).Should().ContainSingle().Which.Event.Id.Should().Be(second.Id);
    }

    private static async Task<List<ClaimedDelivery>> ClaimAllFromAsync(IWebhookDeliveryStore store)
    {
        var all = new List<ClaimedDelivery>();
        while (await store.ClaimAsync(Any, Cancel) is { Count: > 0 } some)
        {
            all.AddRange(some);
        }

        return all;
    }
}
