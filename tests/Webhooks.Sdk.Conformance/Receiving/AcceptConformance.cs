using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.Conformance.Receiving;

/// <summary>Messages that are stored first and handled later.</summary>
public abstract class AcceptConformance<TFixture> : InboxConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task What_was_accepted_is_claimed_as_it_came()
    {
        byte[] body = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
        var message = new InboxMessage(new(Receiver, "acme", "msg_1"), "review-created", "ce-id: é\nce-type: x: y\n", body);

        (await AcceptAsync(message)).Should().Be(InboxState.New);

        var claimed = await ClaimOneAsync();
        claimed.Message.Should().BeEquivalentTo(message, o => o.Excluding(m => m.Body));
        claimed.Message.Body.ToArray().Should().Equal(body);
        claimed.Lease.Key.Should().Be(message.Key);
        claimed.Attempts.Should().Be(1);
    }

    [Fact]
    public async Task A_repetition_is_known_before_while_and_after_it_is_handled()
    {
        await AcceptAsync(Message("msg_1"));
        (await AcceptAsync(Message("msg_1"))).Should().Be(InboxState.Known);
        var claimed = await ClaimOneAsync();
        (await AcceptAsync(Message("msg_1"))).Should().Be(InboxState.Known);
        await RecordAsync(claimed.Lease, Handled);

        (await AcceptAsync(Message("msg_1"))).Should().Be(InboxState.Known);

        await Fixture.AdvanceAsync(Lease);
        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_thousand_simultaneous_sends_of_one_id_are_stored_once()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => AcceptAsync(Message("msg_1")).AsTask(), Cancel)));

        states.Count(s => s == InboxState.New).Should().Be(1);
        states.Count(s => s == InboxState.Known).Should().Be(999);
        await ClaimOneAsync();
    }

    [Fact]
    public async Task Simultaneous_claims_share_what_is_there()
    {
        foreach (var i in Enumerable.Range(0, 200))
        {
            await AcceptAsync(Message($"msg_{i}"));
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => ClaimAsync(10).AsTask(), Cancel)));
        var rest = await ClaimAsync(200);

        claims.SelectMany(c => c).Concat(rest).Select(c => c.Message.Key.MessageId).Should().HaveCount(200).And.OnlyHaveUniqueItems();
        claims.Should().OnlyContain(c => c.Count <= 10);
    }

    [Fact]
    public async Task Only_messages_of_the_named_receivers_are_claimed()
    {
        await AcceptAsync(Message("msg_1", receiver: "/a"));
        await AcceptAsync(Message("msg_1", receiver: "/b"));
        await AcceptAsync(Message("msg_1", receiver: "/c"));

        (await ClaimAsync(10, "/nobody")).Should().BeEmpty();
        (await ClaimAsync(10, "/a", "/c")).Select(c => c.Message.Key.Receiver).Should().BeEquivalentTo("/a", "/c");
    }

    [Fact]
    public async Task What_has_been_due_longest_comes_first()
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            await AcceptAsync(Message($"msg_{i}"));
            await Fixture.AdvanceAsync(Tick);
        }

        (await ClaimAsync(3)).Select(c => c.Message.Key.MessageId).Should().Equal("msg_0", "msg_1", "msg_2");
        (await ClaimAsync(3)).Select(c => c.Message.Key.MessageId).Should().Equal("msg_3", "msg_4");
    }

    [Fact]
    public async Task What_a_dead_process_had_in_hand_comes_back_when_its_lease_has_ended_and_is_charged()
    {
        await AcceptAsync(Message("msg_1"));
        var dead = await ClaimOneAsync();
        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(Lease);

        var next = await ClaimOneAsync();

        next.Attempts.Should().Be(2);
        (await Inbox.RecordAsync(dead.Lease, Handled, Cancel)).Should().BeFalse();
        await RecordAsync(next.Lease, Handled);
    }

    [Fact]
    public async Task A_renewed_lease_keeps_a_stored_message_from_others()
    {
        await AcceptAsync(Message("msg_1"));
        var claimed = await ClaimOneAsync();
        await Fixture.AdvanceAsync(Lease - Tick * 10);
        (await Inbox.RenewAsync(claimed.Lease, Lease, Cancel)).Should().BeTrue();
        await Fixture.AdvanceAsync(Lease - Tick * 10);

        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_failed_one_is_due_again_after_its_delay()
    {
        await AcceptAsync(Message("msg_1"));
        await RecordAsync((await ClaimOneAsync()).Lease, new InboxTransition.Retry(TimeSpan.FromMinutes(10)));
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(9));
        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));

        (await ClaimOneAsync()).Attempts.Should().Be(2);
    }

    [Fact]
    public async Task A_released_one_is_due_at_once_and_not_charged()
    {
        await AcceptAsync(Message("msg_1", "body"));
        await RecordAsync((await ClaimOneAsync()).Lease, Released);

        var next = await ClaimOneAsync();

        next.Attempts.Should().Be(1);
        next.Message.Body.ToArray().Should().Equal("body"u8.ToArray());
    }

    [Fact]
    public async Task What_somebody_is_handling_while_its_sender_waits_is_not_accepted()
    {
        var begun = await BeginNewAsync("msg_1");

        (await Inbox.AcceptAsync(Message("msg_1"), Cancel)).State.Should().Be(InboxState.InHand);
        (await ClaimAsync()).Should().BeEmpty();

        await RecordAsync(begun, Released);
        (await AcceptAsync(Message("msg_1"))).Should().Be(InboxState.New);
    }

    [Fact]
    public async Task What_a_dead_handler_had_begun_may_be_accepted_when_its_lease_has_ended()
    {
        var dead = await BeginNewAsync("msg_1");
        await Fixture.AdvanceAsync(Lease);

        (await AcceptAsync(Message("msg_1", "body"))).Should().Be(InboxState.New);

        var claimed = await ClaimOneAsync();
        claimed.Message.Body.ToArray().Should().Equal("body"u8.ToArray());
        (await Inbox.RecordAsync(dead, Released, Cancel)).Should().BeFalse();
    }

    [Fact]
    public async Task A_stored_message_in_hand_is_not_begun_by_another()
    {
        await AcceptAsync(Message("msg_1"));
        await ClaimOneAsync();

        (await BeginAsync("msg_1")).State.Should().Be(InboxState.InHand);
    }
}
