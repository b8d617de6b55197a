using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

/// <summary>For stores that take part in a transaction of the host.</summary>
public abstract class TransactionConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task What_is_committed_is_delivered()
    {
        var @event = Sample.Event();
        await using (var transaction = await Fixture.BeginTransactionAsync())
        {
            (await Deliveries.EnqueueAsync([To(@event, "s1", "s2")], transaction, Cancel)).Should().Equal(true);
            await transaction.CommitAsync(Cancel);
        }

        (await ClaimAsync()).Select(c => (c.Event.Id, c.SubscriptionId)).Should().BeEquivalentTo([(@event.Id, "s1"), (@event.Id, "s2")]);
    }

    [Fact]
    public async Task What_is_rolled_back_never_was()
    {
        var @event = Sample.Event();
        await using (var transaction = await Fixture.BeginTransactionAsync())
        {
            await Deliveries.EnqueueAsync([To(@event, "s1")], transaction, Cancel);
            await transaction.RollbackAsync(Cancel);
        }

        (await ClaimAsync()).Should().BeEmpty();
        (await Deliveries.FindEventAsync(@event.Id, Cancel)).Should().BeNull();
        (await EnqueueAsync(To(@event, "s1"))).Should().BeTrue("its id is free");
    }

    [Fact]
    public async Task Nothing_is_seen_before_the_commit()
    {
        var @event = Sample.Event();
        await using var transaction = await Fixture.BeginTransactionAsync();
        await Deliveries.EnqueueAsync([To(@event, "s1")], transaction, Cancel);

        (await Deliveries.FindEventAsync(@event.Id, Cancel)).Should().BeNull();
        (await ListAsync(new DeliveryQuery())).Should().BeEmpty();
        await transaction.CommitAsync(Cancel);

        (await ListAsync(new DeliveryQuery())).Should().ContainSingle();
    }

    [Fact]
    public async Task A_transaction_that_is_dropped_leaves_nothing()
    {
        await using (var transaction = await Fixture.BeginTransactionAsync())
        {
            await Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], transaction, Cancel);
        }

        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_id_twice_in_one_transaction_is_reported()
    {
        var @event = Sample.Event();
        await using var transaction = await Fixture.BeginTransactionAsync();

        (await Deliveries.EnqueueAsync([To(@event, "s1")], transaction, Cancel)).Should().Equal(true);
        (await Deliveries.EnqueueAsync([To(@event, "s1"), To(Sample.Event(), "s1")], transaction, Cancel)).Should().Equal(false, true);
        await transaction.CommitAsync(Cancel);

        (await ClaimAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task An_id_that_was_published_before_is_a_duplicate_and_the_transaction_goes_on()
    {
        var known = await PublishAsync("s1");
        var fresh = Sample.Event();
        await using (var transaction = await Fixture.BeginTransactionAsync())
        {
            (await Deliveries.EnqueueAsync([To(known, "s1"), To(fresh, "s1")], transaction, Cancel)).Should().Equal(false, true);
            await transaction.CommitAsync(Cancel);
        }

        (await ClaimAsync()).Select(c => c.Event.Id).Should().BeEquivalentTo(known.Id, fresh.Id);
    }

    [Fact]
    public async Task A_worker_that_waits_hears_of_the_commit()
    {
        (await ClaimAsync()).Should().BeEmpty();
        await using (var transaction = await Fixture.BeginTransactionAsync())
        {
            await Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], transaction, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        // The worker's loop: each wait may end for nothing.
        IReadOnlyList<ClaimedDelivery> claimed = [];
        for (var i = 0; i < 100 && claimed.Count == 0; i++)
        {
            claimed = await ClaimAsync();
            var wait = Deliveries.WaitAsync(TimeSpan.FromSeconds(1), Cancel).AsTask();
            await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
            await wait.WaitAsync(Soon, Cancel);
        }

        claimed.Should().ContainSingle();
    }
}
