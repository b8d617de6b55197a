using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class EnqueueConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task An_event_that_is_enqueued_can_be_claimed_at_once()
    {
        var @event = await PublishAsync("s1");

        var claim = await ClaimOneAsync();

        claim.SubscriptionId.Should().Be("s1");
        claim.Id.Should().Be(IdOf(@event, "s1"));
        claim.Attempts.Should().Be(0);
        claim.LeaseToken.Should().NotBe(Guid.Empty);
    }

    [Fact]
    public async Task Enqueuing_an_id_again_does_nothing_and_says_so()
    {
        var @event = Sample.Event("evt_once");
        (await EnqueueAsync(To(@event, "s1"))).Should().BeTrue();

        (await EnqueueAsync(To(Sample.Event("evt_once", data: """{"other":1}"""), "s1", "s2"))).Should().BeFalse();

        var claim = await ClaimOneAsync();
        claim.SubscriptionId.Should().Be("s1");
        claim.Event.Data.ToArray().Should().Equal(@event.Data.ToArray());
    }

    [Fact]
    public async Task The_batch_is_the_callers_again_afterwards()
    {
        var @event = Sample.Event("evt_kept");
        EventTargets[] batch = [To(@event, "s1")];
        await Deliveries.EnqueueAsync(batch, null, Cancel);

        batch[0] = To(Sample.Event("evt_other"), "s2");

        (await ClaimOneAsync()).Id.Should().Be(IdOf(@event, "s1"));
    }

    [Fact]
    public async Task An_id_stays_known_after_its_deliveries_are_done()
    {
        await EnqueueAsync(To(Sample.Event("evt_once"), "s1"));
        await RecordAsync(await ClaimOneAsync(), Delivered);

        (await EnqueueAsync(To(Sample.Event("evt_once"), "s1"))).Should().BeFalse();

        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Of_many_that_enqueue_one_id_at_once_exactly_one_is_told_that_it_is_new()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () => await EnqueueAsync(To(Sample.Event("evt_race"), "s1")), Cancel)));

        results.Count(isNew => isNew).Should().Be(1);
        await ClaimOneAsync();
    }

    [Fact]
    public async Task A_batch_says_for_each_event_whether_it_is_new()
    {
        await EnqueueAsync(To(Sample.Event("evt_known"), "s1"));

        var stored = await Deliveries.EnqueueAsync(
            [To(Sample.Event("evt_a"), "s1"), To(Sample.Event("evt_known"), "s1"), To(Sample.Event("evt_a"), "s1"), To(Sample.Event("evt_b"), "s1")], null, Cancel);

        stored.Should().Equal(true, false, false, true);
        (await ClaimAllAsync()).Select(c => c.Event.Id).Should().BeEquivalentTo("evt_known", "evt_a", "evt_b");
    }

    [Fact]
    public async Task A_batch_that_cannot_be_stored_stores_nothing()
    {
        var broken = new EventTargets(Sample.Event("evt_broken"), [new DeliveryTarget(null!)]);

        var enqueue = async () => await Deliveries.EnqueueAsync([To(Sample.Event("evt_fine"), "s1"), broken], null, Cancel);

        await enqueue.Should().ThrowAsync<Exception>();
        (await ClaimAsync()).Should().BeEmpty();
        (await Deliveries.FindEventAsync("evt_fine", Cancel)).Should().BeNull();
        (await EnqueueAsync(To(Sample.Event("evt_fine"), "s1"))).Should().BeTrue("the store works on");
        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(1);
    }

    [Fact]
    public async Task An_event_without_a_target_is_kept_and_goes_nowhere()
    {
        var @event = Sample.Event();

        (await EnqueueAsync(To(@event))).Should().BeTrue();

        (await ClaimAsync()).Should().BeEmpty();
        (await Deliveries.FindEventAsync(@event.Id, Cancel)).Should().NotBeNull();
    }

    [Fact]
    public async Task Many_publishers_at_once_lose_nothing()
    {
        var published = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var ids = new List<string>();
            for (var i = 0; i < 25; i++)
            {
                ids.Add((await PublishAsync("s1", "s2")).Id);
            }

            return ids;
        }, Cancel)));

        var claimed = await ClaimAllAsync();

        claimed.Should().HaveCount(400);
        claimed.Select(c => (c.Event.Id, c.SubscriptionId)).ToHashSet()
            .SetEquals(published.SelectMany(p => p).SelectMany(id => new[] { (id, "s1"), (id, "s2") })).Should().BeTrue();
    }

    [Fact]
    public async Task When_the_event_happened_does_not_decide_when_it_is_due()
    {
        await EnqueueAsync(To(Sample.Event(createdAt: Fixture.UtcNow.AddHours(2)), "s1"));
        await EnqueueAsync(To(Sample.Event(createdAt: Fixture.UtcNow.AddHours(-2)), "s2"));

        (await ClaimAsync()).Select(c => c.SubscriptionId).Should().BeEquivalentTo("s1", "s2");
    }
}
