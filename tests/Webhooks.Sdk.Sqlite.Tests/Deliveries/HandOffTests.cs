using System.Collections.Frozen;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Sqlite.Tests.Deliveries;

/// <summary>From the publication to this process's own worker, with the row in the file all the same.</summary>
public sealed class HandOffTests : DeliveryConformance<SqliteFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_delivery_of_this_process_is_stored_leased_and_given_to_its_worker()
    {
        await StartWorkerAsync();

        var @event = await PublishAsync("s1");

        (await ClaimOnOtherProcessAsync()).Should().BeEmpty("it is leased to this process");
        var claim = await ClaimOneAsync();
        claim.Event.Should().BeSameAs(@event, "it came by hand");
        await RecordAsync(claim, Delivered);
        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Delivered);
        Leased().Should().BeEmpty();
    }

    [Fact]
    public async Task Whoever_has_no_worker_leaves_it_to_the_others()
    {
        await PublishAsync("s1");

        (await ClaimOnOtherProcessAsync()).Should().ContainSingle();
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

        Leased().Should().BeEmpty();
        (await ClaimOnOtherProcessAsync()).Should().HaveCount(2);
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
    public async Task Subscriptions_take_turns()
    {
        await StartWorkerAsync();
        await PublishManyAsync(10, "large");
        await PublishAsync("small");

        (await ClaimAsync(max: 3, perSubscription: 2)).Select(c => c.SubscriptionId).Should().Equal("large", "large", "small");
    }

    [Fact]
    public async Task A_subscription_that_is_excluded_or_behind_in_the_queue_gets_nothing_by_hand()
    {
        await PublishManyAsync(3, "behind");
        await ClaimAsync(perSubscription: 1, excluded: "excluded");
        await StartWaitingAsync();

        await PublishAsync("behind", "excluded");

        Leased().Should().Equal("behind"); // the one that was claimed
    }

    [Fact]
    public async Task A_claim_that_is_filled_by_hand_is_followed_by_one_that_asks_the_queue_first()
    {
        await StartWorkerAsync();
        await PublishFifoAsync("fifo");
        await PublishManyAsync(6, "s1");

        (await ClaimAsync(max: 2)).Should().OnlyContain(c => c.SubscriptionId == "s1");
        (await ClaimAsync(max: 2)).Select(c => c.SubscriptionId).Should().BeEquivalentTo("fifo", "s1");
        (await ClaimAsync(max: 9)).Should().HaveCount(3);
    }

    [Fact]
    public async Task What_comes_by_hand_counts_against_the_limit_of_a_claim_and_of_its_subscription()
    {
        var retried = await ClaimOfAsync(await PublishAsync("s1"));
        await RecordAsync(retried, RetryIn(TimeSpan.FromSeconds(2)));
        await StartWorkerAsync();
        await PublishManyAsync(2, "s1");
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(3));

        (await ClaimAsync(perSubscription: 2)).Should().HaveCount(2).And.NotContain(c => c.Event.Id == retried.Event.Id);
        (await ClaimAsync()).Should().ContainSingle().Which.Event.Id.Should().Be(retried.Event.Id);
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
    public async Task A_publication_that_is_not_stored_leaves_nothing_behind()
    {
        await StartWorkerAsync();
        await Fixture.LimitPagesAsync(0);
        var large = Sample.Event(data: new string('1', 200_000));

        await ((Func<Task>)(() => Deliveries.EnqueueAsync([To(Sample.Event(), "s1"), To(large, "s1")], null, Cancel).AsTask())).Should().ThrowAsync<WebhookException>();

        (await ClaimAsync()).Should().BeEmpty();
        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(0);
    }

    [Fact]
    public async Task When_the_worker_stops_what_it_did_not_take_goes_back_to_the_queue()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await StartWorkerAsync();
        await PublishAsync("s1");
        await ClaimAsync(excluded: "s1");
        var waiting = Deliveries.WaitAsync(Hour, stop.Token).AsTask();

        await stop.CancelAsync();

        await ((Func<Task>)(() => waiting)).Should().ThrowAsync<OperationCanceledException>();
        (await ClaimOnOtherProcessAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task When_the_host_closes_what_the_worker_did_not_take_goes_back_to_the_queue()
    {
        await StartWorkerAsync();
        await PublishAsync("s1");
        var other = await Fixture.OpenNodeAsync();
        await other.Deliveries.ClaimAsync(Request(), Cancel);

        await Fixture.CloseAsync();

        (await other.Deliveries.ClaimAsync(Request(), Cancel)).Should().ContainSingle();
    }

    [Fact]
    public async Task What_the_worker_does_not_take_in_time_goes_back_to_the_queue_and_its_lease_is_not_waited_for()
    {
        await StartWorkerAsync();
        await PublishAsync("s1");
        var other = await Fixture.OpenNodeAsync();

        await Fixture.AdvanceAsync(Lease / 4);

        // Given back by a transaction of its own, which a poll of the other process finds.
        IReadOnlyList<ClaimedDelivery> claimed;
        while ((claimed = await other.Deliveries.ClaimAsync(Request(), Cancel)).Count == 0)
        {
            await Task.Yield();
        }

        (await ClaimAsync()).Should().BeEmpty("it was taken back before it was given away");
        (await other.Deliveries.RecordAsync([new(claimed[0], Sample.Ok(Fixture.UtcNow), Delivered)], Cancel)).Should().BeEmpty();
    }

    [Fact]
    public async Task Whoever_takes_it_late_still_has_a_whole_lease()
    {
        await StartWorkerAsync();
        await PublishAsync("s1");
        await Fixture.AdvanceAsync(Lease / 7);
        var claim = await ClaimOneAsync();

        await Fixture.AdvanceAsync(Lease - TimeSpan.FromSeconds(1));

        (await ClaimOnOtherProcessAsync()).Should().BeEmpty();
        await RecordAsync(claim, Delivered);
    }

    [Fact]
    public async Task What_nobody_attempts_yet_is_not_shown_as_leased_and_is_given_up_with_its_subscription()
    {
        await StartWorkerAsync();
        var @event = await PublishAsync("s1");

        (await Deliveries.GetBacklogAsync(Cancel)).Should().Match<DeliveryBacklog>(b => b.Pending == 1 && b.Leased == 0 && b.OldestDueAt == Fixture.UtcNow);
        (await FindAsync(@event, "s1")).DueAt.Should().Be(Fixture.UtcNow);
        (await Deliveries.FailPendingAsync("s1", FailureReason.SubscriptionDisabled, Cancel)).Should().Be(1);

        (await ClaimAsync()).Should().BeEmpty();
        (await FindAsync(@event, "s1")).State.Should().Be(DeliveryState.Failed);
    }

    [Fact]
    public async Task What_is_lost_with_the_process_comes_back_when_its_lease_ends()
    {
        await StartWorkerAsync();
        var @event = await PublishAsync("s1");

        // The dead one's timers would give it back: as it is not really dead, its worker takes it and does nothing.
        await ClaimOneAsync();
        await Fixture.CrashAsync();
        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(Lease + (Lease / 6));

        (await ClaimOneAsync()).Event.Id.Should().Be(@event.Id);
    }

    // A worker claims, and waits when there is nothing.
    private async Task StartWorkerAsync()
    {
        (await ClaimAsync()).Should().BeEmpty();
        await StartWaitingAsync();
    }

    private async Task StartWaitingAsync() => await Deliveries.WaitAsync(TimeSpan.Zero, Cancel);

    private async Task<ClaimedDelivery> ClaimOfAsync(Events.WebhookEvent @event)
    {
        var claim = await ClaimOneAsync();
        claim.Event.Id.Should().Be(@event.Id);
        return claim;
    }

    private List<string> Leased()
    {
        using var command = Fixture.OpenConnection().CreateCommand();
        command.CommandText = "SELECT subscription_id FROM webhook_deliveries WHERE lease IS NOT NULL";
        using var reader = command.ExecuteReader();
        var leased = new List<string>();
        while (reader.Read())
        {
            leased.Add(reader.GetString(0));
        }

        return leased;
    }

    private static ClaimRequest Request() =>
        new() { MaxCount = 10, MaxPerSubscription = 10, Lease = Lease, ExcludedSubscriptions = FrozenSet<string>.Empty };

    private async ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimOnOtherProcessAsync() =>
        await (await Fixture.OpenNodeAsync()).Deliveries.ClaimAsync(Request(), Cancel);
}
