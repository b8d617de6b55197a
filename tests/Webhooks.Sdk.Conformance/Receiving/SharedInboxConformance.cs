using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.Conformance.Receiving;

/// <summary>For inboxes that several processes share, and that outlive a process.</summary>
public abstract class SharedInboxConformance<TFixture> : InboxConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task Of_a_thousand_simultaneous_beginnings_on_two_nodes_exactly_one_gets_it()
    {
        var other = await Fixture.OpenInboxAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i =>
            Task.Run(() => (i % 2 == 0 ? Inbox : other).BeginAsync(Key("msg_1"), Lease, Cancel).AsTask(), Cancel)));

        answers.Count(a => a.State == InboxState.New).Should().Be(1);
        await RecordAsync(answers.Single(a => a.Lease is not null).Lease!, Handled);
        (await other.BeginAsync(Key("msg_1"), Lease, Cancel)).State.Should().Be(InboxState.Known);
    }

    [Fact]
    public async Task What_one_node_accepted_another_handles()
    {
        var other = await Fixture.OpenInboxAsync();
        await AcceptAsync(Message("msg_1"));

        var claimed = (await other.ClaimAsync([Receiver], 10, Lease, Cancel)).Should().ContainSingle().Subject;

        (await ClaimAsync()).Should().BeEmpty();
        (await other.RecordAsync(claimed.Lease, Handled, Cancel)).Should().BeTrue();
        (await AcceptAsync(Message("msg_1"))).Should().Be(InboxState.Known);
    }

    [Fact]
    public async Task A_crash_forgets_nothing()
    {
        await RecordAsync(await BeginNewAsync("handled"), Handled);
        await BeginNewAsync("begun");
        await AcceptAsync(Message("claimed"));
        await ClaimOneAsync();
        await AcceptAsync(Message("accepted"));

        await Fixture.CrashAsync();

        (await BeginAsync("handled")).State.Should().Be(InboxState.Known);
        (await BeginAsync("begun")).State.Should().Be(InboxState.InHand);
        (await ClaimAsync()).Select(c => c.Message.Key.MessageId).Should().Equal("accepted");
        await Fixture.AdvanceAsync(Lease);
        (await ClaimAsync()).Select(c => c.Message.Key.MessageId).Should().BeEquivalentTo("claimed", "accepted");
        (await BeginAsync("begun")).State.Should().Be(InboxState.New);
    }
}
