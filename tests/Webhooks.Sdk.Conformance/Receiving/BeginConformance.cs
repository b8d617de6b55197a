using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.Conformance.Receiving;

/// <summary>Messages that are handled while their sender waits.</summary>
public abstract class BeginConformance<TFixture> : InboxConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task Of_a_thousand_simultaneous_beginnings_of_one_id_exactly_one_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => BeginAsync("msg_1").AsTask(), Cancel)));

        answers.Count(a => a.State == InboxState.New).Should().Be(1);
        answers.Count(a => a.State == InboxState.InHand).Should().Be(999);
        await RecordAsync(answers.Single(a => a.Lease is not null).Lease!, Handled);
        (await BeginAsync("msg_1")).State.Should().Be(InboxState.Known);
    }

    [Fact]
    public async Task Whoever_comes_while_it_is_in_hand_is_told_how_long_that_may_last()
    {
        await BeginNewAsync("msg_1");
        await Fixture.AdvanceAsync(Tick);

        var answer = await BeginAsync("msg_1");

        answer.State.Should().Be(InboxState.InHand);
        answer.Lease.Should().BeNull();
        answer.FreeIn.Should().BeCloseTo(Lease - Tick, TimeSpan.FromSeconds(10)).And.BePositive();
    }

    [Fact]
    public async Task What_was_handled_is_known()
    {
        await RecordAsync(await BeginNewAsync("msg_1"), Handled);

        (await BeginAsync("msg_1")).Should().Be(new InboxAnswer(InboxState.Known));
        await Fixture.AdvanceAsync(TimeSpan.FromDays(29));
        (await BeginAsync("msg_1")).State.Should().Be(InboxState.Known);
    }

    [Fact]
    public async Task What_was_released_is_new_again_at_once()
    {
        await RecordAsync(await BeginNewAsync("msg_1"), Released);

        await RecordAsync(await BeginNewAsync("msg_1"), Handled);
    }

    [Fact]
    public async Task The_id_of_a_handler_that_died_is_free_when_its_lease_has_ended_and_its_result_then_changes_nothing()
    {
        var dead = await BeginNewAsync("msg_1");
        await Fixture.AdvanceAsync(Lease);

        var next = await BeginNewAsync("msg_1");

        (await Inbox.RecordAsync(dead, Handled, Cancel)).Should().BeFalse();
        (await Inbox.RecordAsync(dead, Released, Cancel)).Should().BeFalse();
        (await Inbox.RenewAsync(dead, Lease, Cancel)).Should().BeFalse();
        (await BeginAsync("msg_1")).State.Should().Be(InboxState.InHand);
        await RecordAsync(next, Handled);
    }

    [Fact]
    public async Task Of_a_thousand_who_want_what_a_dead_handler_left_exactly_one_gets_it()
    {
        await BeginNewAsync("msg_1");
        await Fixture.AdvanceAsync(Lease);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => BeginAsync("msg_1").AsTask(), Cancel)));

        answers.Count(a => a.State == InboxState.New).Should().Be(1);
    }

    [Fact]
    public async Task A_lease_that_has_ended_but_that_nobody_took_may_still_record()
    {
        var late = await BeginNewAsync("msg_1");
        await Fixture.AdvanceAsync(Lease + Tick);

        await RecordAsync(late, Handled);

        (await BeginAsync("msg_1")).State.Should().Be(InboxState.Known);
    }

    [Fact]
    public async Task A_renewed_lease_counts_from_its_renewal()
    {
        var lease = await BeginNewAsync("msg_1");
        await Fixture.AdvanceAsync(Lease - Tick * 10);
        (await Inbox.RenewAsync(lease, Lease, Cancel)).Should().BeTrue();
        await Fixture.AdvanceAsync(Lease - Tick * 10);

        (await BeginAsync("msg_1")).State.Should().Be(InboxState.InHand);
        await RecordAsync(lease, Handled);
        (await Inbox.RenewAsync(lease, Lease, Cancel)).Should().BeFalse();
    }

    [Fact]
    public async Task A_result_is_recorded_once()
    {
        var lease = await BeginNewAsync("msg_1");
        await RecordAsync(lease, Handled);

        (await Inbox.RecordAsync(lease, Released, Cancel)).Should().BeFalse();

        (await BeginAsync("msg_1")).State.Should().Be(InboxState.Known);
    }

    [Fact]
    public async Task The_same_id_of_another_sender_or_another_receiver_is_another_message()
    {
        await RecordAsync(await BeginNewAsync("msg_1"), Handled);

        foreach (var key in new[] { Key("msg_1", sender: "acme"), Key("msg_1", receiver: "/other"), Key("MSG_1"), Key("msg_1 "), Key("msg_", sender: "1") })
        {
            (await Inbox.BeginAsync(key, Lease, Cancel)).State.Should().Be(InboxState.New, "{0}", key);
        }
    }

    [Theory]
    [InlineData("ümlaut-漢字-🎈")]
    [InlineData("' OR 1=1 --")]
    [InlineData("%_\\\"")]
    public async Task An_id_is_kept_as_it_is(string id)
    {
        await RecordAsync(await BeginNewAsync(id), Handled);

        (await BeginAsync(id)).State.Should().Be(InboxState.Known);
    }

    [Fact]
    public async Task A_long_id_is_kept_as_it_is()
    {
        var id = new string('é', 256);
        await RecordAsync(await BeginNewAsync(id), Handled);

        (await BeginAsync(id)).State.Should().Be(InboxState.Known);
        (await BeginAsync(id[..255])).State.Should().Be(InboxState.New);
    }
}
