using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Tests.Deliveries;

/// <summary>What the in-memory store does at its bounds; a durable store has none.</summary>
public sealed class InMemoryBoundsTests : DeliveryConformance<InMemoryFixture>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public InMemoryBoundsTests() => Fixture.Configure = o =>
    {
        o.MaxPending = 3;
        o.MaxPendingBytes = 1000;
        o.EnqueueTimeout = Timeout;
        o.MaxEvents = 4;
        o.MaxEventBytes = 2000;
        o.MaxAttempts = 5;
        o.MaxFailed = 2;
    };

    [Fact]
    public async Task At_the_bound_a_publisher_waits_and_goes_on_when_room_comes_free()
    {
        await PublishManyAsync(3, "s1");
        var waiting = PublishAsync("s1").AsTask();
        waiting.IsCompleted.Should().BeFalse();

        await RecordAsync((await ClaimAsync(max: 1)).Single(), Delivered);

        await waiting.WaitAsync(Soon, Cancel);
        (await ClaimAllAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_publisher_that_waited_for_the_timeout_gets_an_error_that_names_the_options_and_nothing_is_stored()
    {
        await PublishManyAsync(3, "s1");
        var refused = Sample.Event("evt_refused");
        var waiting = EnqueueAsync(To(refused, "s1")).AsTask();

        await Fixture.AdvanceAsync(Timeout);

        (await waiting.Awaiting(w => w.WaitAsync(Soon, Cancel)).Should().ThrowAsync<WebhookQueueFullException>()).WithMessage("*MaxPending*EnqueueTimeout*");
        (await Deliveries.FindEventAsync("evt_refused", Cancel)).Should().BeNull();
        (await ClaimAllAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task Each_publisher_has_its_own_deadline_however_many_come_after_it()
    {
        await PublishManyAsync(3, "s1");
        var first = PublishAsync("s1").AsTask();
        for (var i = 0; i < 6; i++)
        {
            await Fixture.AdvanceAsync(Timeout / 6);
            _ = PublishAsync("s1").AsTask();
        }

        await first.Awaiting(f => f.WaitAsync(Soon, Cancel)).Should().ThrowAsync<WebhookQueueFullException>();
    }

    [Fact]
    public async Task Room_for_several_lets_several_in()
    {
        await PublishManyAsync(3, "s1");
        Task[] waiting = [PublishAsync("s1").AsTask(), PublishAsync("s1").AsTask(), PublishAsync("s1").AsTask()];

        await Deliveries.FailPendingAsync("s1", FailureReason.SubscriptionDisabled, Cancel);

        await Task.WhenAll(waiting).WaitAsync(Soon, Cancel);
    }

    [Fact]
    public async Task A_publisher_that_gives_up_waiting_has_stored_nothing()
    {
        await PublishManyAsync(3, "s1");
        using var cancel = new CancellationTokenSource();
        var waiting = Deliveries.EnqueueAsync([To(Sample.Event("evt_cancelled"), "s1")], null, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await waiting.Awaiting(w => w).Should().ThrowAsync<OperationCanceledException>();
        (await Deliveries.FindEventAsync("evt_cancelled", Cancel)).Should().BeNull();
    }

    [Fact]
    public async Task What_could_never_fit_is_refused_at_once()
    {
        await ((Func<Task>)(() => PublishAsync("s1", "s2", "s3", "s4").AsTask())).Should().ThrowAsync<WebhookQueueFullException>();
        await ((Func<Task>)(() => EnqueueAsync(To(Large(1001), "s1")).AsTask())).Should().ThrowAsync<WebhookQueueFullException>();
        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(0);
    }

    [Fact]
    public async Task Payloads_that_wait_are_bounded_too_and_one_for_several_subscriptions_counts_once()
    {
        await EnqueueAsync(To(Large(900), "s1", "s2"));
        var waiting = EnqueueAsync(To(Large(200), "s1")).AsTask();
        waiting.IsCompleted.Should().BeFalse();

        foreach (var claim in await ClaimAsync())
        {
            waiting.IsCompleted.Should().BeFalse();
            await RecordAsync(claim, Delivered);
        }

        (await waiting.WaitAsync(Soon, Cancel)).Should().BeTrue();
    }

    [Fact]
    public async Task Of_events_that_are_done_the_oldest_go_first()
    {
        var events = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            events.Add((await DeliverOneAsync("s1")).Id);
        }

        var kept = new List<string>();
        foreach (var id in events)
        {
            if (await Deliveries.FindEventAsync(id, Cancel) is not null)
            {
                kept.Add(id);
            }
        }

        kept.Should().Equal(events[2..]);
    }

    [Fact]
    public async Task Their_payloads_are_bounded_too()
    {
        for (var i = 0; i < 4; i++)
        {
            await EnqueueAsync(To(Large(900, $"evt_{i}")));
        }

        (await Deliveries.FindEventAsync("evt_1", Cancel)).Should().BeNull();
        (await Deliveries.FindEventAsync("evt_2", Cancel)).Should().NotBeNull();
        (await Deliveries.FindEventAsync("evt_3", Cancel)).Should().NotBeNull();
    }

    [Fact]
    public async Task An_event_that_is_pending_stays_whatever_comes()
    {
        var pending = await PublishAsync("slow");
        for (var i = 0; i < 20; i++)
        {
            await PublishAsync("s1");
            await RecordAsync((await ClaimAsync(excluded: ["slow"])).Single(), Delivered);
        }

        (await Deliveries.FindEventAsync(pending.Id, Cancel)).Should().NotBeNull();
        (await EnqueueAsync(To(pending, "slow"))).Should().BeFalse("its id is known");
        (await ClaimOneAsync()).Event.Id.Should().Be(pending.Id);
    }

    [Fact]
    public async Task A_new_event_is_known_even_if_the_bound_is_one()
    {
        Fixture.Configure = o => o.MaxEvents = 1;
        var first = await PublishAsync("s1");
        var second = await PublishAsync("s1");

        (await EnqueueAsync(To(first, "s1"))).Should().BeFalse();
        (await EnqueueAsync(To(second, "s1"))).Should().BeFalse();
        (await ClaimAllAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task Of_the_attempts_the_newest_are_kept()
    {
        var events = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            events.Add((await DeliverOneAsync("s1")).Id);
        }

        events.Reverse();
        (await AttemptsAsync(new DeliveryQuery())).Select(a => a.EventId).Should().Equal(events[..5]);
    }

    [Fact]
    public async Task Of_the_failed_deliveries_the_newest_are_kept()
    {
        await FailOneAsync("s1");
        var second = await FailOneAsync("s1");
        var third = await FailOneAsync("s1");

        (await ListAsync(new DeliveryQuery { State = DeliveryState.Failed })).Select(d => d.EventId).Should().Equal(third.Id, second.Id);
    }

    [Fact]
    public async Task A_transaction_is_refused_with_what_to_call_instead()
    {
        await using var transaction = new NoTransaction();
        var enqueue = async () => await Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], transaction, Cancel);

        (await enqueue.Should().ThrowAsync<WebhookException>()).WithMessage("*UseSqlite*");
        (await ClaimAsync()).Should().BeEmpty();
    }

    private static WebhookEvent Large(int bytes, string? id = null) => Sample.Event(id, data: $"\"{new string('x', bytes - 2)}\"");

    private sealed class NoTransaction : System.Data.Common.DbTransaction
    {
        public override System.Data.IsolationLevel IsolationLevel => System.Data.IsolationLevel.Unspecified;

        protected override System.Data.Common.DbConnection? DbConnection => null;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }
}
