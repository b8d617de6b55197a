using System.Diagnostics;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

/// <summary>From the publication to this node's own worker, with the row in the database all the same.</summary>
public sealed class HandOffTests : DeliveryConformance<PostgreSqlFixture>
{
    [Fact]
    public async Task A_delivery_of_this_node_is_stored_leased_and_given_to_its_worker()
    {
        await StartWorkerAsync();

        var @event = await PublishAsync("s1");

        (await IsLeasedAsync()).Should().BeTrue();
        (await ClaimOnOtherNodeAsync()).Should().BeEmpty("it is leased to this node");
        var claim = await ClaimOneAsync();
        claim.Event.Should().BeSameAs(@event, "it came by hand");
        await RecordAsync(claim, Delivered);
        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Delivered);
    }

    [Fact]
    public async Task Whoever_has_no_worker_leaves_it_to_the_others()
    {
        await PublishAsync("s1");

        (await ClaimOnOtherNodeAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Fifo_and_the_hosts_own_transaction_go_through_the_queue()
    {
        await StartWorkerAsync();
        await PublishFifoAsync("fifo");
        await using (var transaction = await Fixture.BeginTransactionAsync())
        {
            await Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], transaction, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        (await IsLeasedAsync()).Should().BeFalse();
        (await ClaimOnOtherNodeAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task What_the_worker_has_no_room_for_stays_and_comes_later()
    {
        await StartWorkerAsync();
        await PublishManyAsync(3, "s1", "s2");

        (await ClaimAsync(excluded: "s1")).Should().HaveCount(3).And.OnlyContain(c => c.SubscriptionId == "s2");
        (await ClaimAsync(perSubscription: 2)).Should().HaveCount(2).And.OnlyContain(c => c.SubscriptionId == "s1");
        (await ClaimAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_subscription_that_is_excluded_or_behind_in_the_queue_gets_nothing_by_hand()
    {
        await PublishManyAsync(3, "behind");
        await ClaimAsync(perSubscription: 1, excluded: "excluded");
        await StartWaitingAsync();

        await PublishAsync("behind", "excluded");

        (await IsLeasedAsync("excluded")).Should().BeFalse();
        (await IsLeasedAsync("behind", atLeast: 2)).Should().BeFalse("older ones come first");
    }

    [Fact]
    public async Task A_duplicate_is_not_given_to_the_worker_again()
    {
        var known = await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), Delivered);
        await StartWorkerAsync();

        (await EnqueueAsync(To(known, "s1"))).Should().BeFalse();

        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task When_the_worker_stops_what_it_did_not_take_goes_back_to_the_queue()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await StartWorkerAsync();
        await PublishAsync("s1");
        (await IsLeasedAsync()).Should().BeTrue();

        // A wait may end for many reasons (a hint, the listener has connected); a worker claims and waits again.
        async Task WorkAsync()
        {
            while (true)
            {
                await ClaimAsync(excluded: "s1");
                await Deliveries.WaitAsync(TimeSpan.FromHours(1), stop.Token);
            }
        }

        var working = WorkAsync();
        await stop.CancelAsync();

        await ((Func<Task>)(() => working)).Should().ThrowAsync<OperationCanceledException>();
        (await ClaimOnOtherNodeAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task What_the_worker_does_not_take_in_time_goes_back_to_the_queue()
    {
        var other = Fixture.OpenNode();
        await ClaimAsync(lease: TimeSpan.FromSeconds(6));
        await StartWaitingAsync();
        await PublishAsync("s1");
        (await IsLeasedAsync()).Should().BeTrue();

        // Well before the lease ends another node is told of it and gets it.
        var claim = new ClaimRequest { MaxCount = 1, MaxPerSubscription = 1, Lease = Lease };
        IReadOnlyList<ClaimedDelivery> claimed;
        var started = Stopwatch.GetTimestamp();
        while ((claimed = await other.Deliveries.ClaimAsync(claim, Cancel)).Count == 0)
        {
            Stopwatch.GetElapsedTime(started).Should().BeLessThan(Soon);
            await other.Deliveries.WaitAsync(TimeSpan.FromMilliseconds(100), Cancel).AsTask().WaitAsync(Soon, Cancel);
        }

        (await ClaimAsync()).Should().BeEmpty("it was taken back before it was given away");
        (await other.Deliveries.RecordAsync([new(claimed[0], Sample.Ok(Fixture.UtcNow), Delivered)], Cancel)).Should().BeEmpty();
    }

    [Fact]
    public async Task What_nobody_attempts_yet_is_not_shown_as_leased_and_is_given_up_with_its_subscription()
    {
        await StartWorkerAsync();
        var @event = await PublishAsync("s1");

        (await Deliveries.GetBacklogAsync(Cancel)).Should().Match<DeliveryBacklog>(b => b.Pending == 1 && b.Leased == 0 && b.OldestDueAt != null);
        (await FindAsync(@event, "s1")).DueAt.Should().NotBeNull();
        (await Deliveries.FailPendingAsync("s1", FailureReason.SubscriptionDisabled, Cancel)).Should().Be(1);

        (await ClaimAsync()).Should().BeEmpty();
        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Failed);
    }

    [Fact]
    public async Task What_is_lost_with_the_process_comes_back_when_its_lease_ends()
    {
        await StartWorkerAsync();
        var @event = await PublishAsync("s1");

        await Fixture.CrashAsync();
        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(Lease);

        (await ClaimOneAsync()).Event.Id.Should().Be(@event.Id);
    }

    // A worker claims, and waits when there is nothing.
    private async Task StartWorkerAsync()
    {
        (await ClaimAsync()).Should().BeEmpty();
        await StartWaitingAsync();
    }

    private async Task StartWaitingAsync() => await Deliveries.WaitAsync(TimeSpan.FromMilliseconds(1), Cancel);

    private async Task<bool> IsLeasedAsync(string subscription = "s1", int atLeast = 1) =>
        await Fixture.ReadAsync<long>(
            $"SELECT count(*) FROM {Fixture.Schema}.deliveries WHERE subscription_id = '{subscription}' AND lease_token IS NOT NULL") >= atLeast;

    private ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimOnOtherNodeAsync() =>
        Fixture.OpenNode().Deliveries.ClaimAsync(new ClaimRequest { MaxCount = 10, MaxPerSubscription = 10, Lease = Lease }, Cancel);
}
