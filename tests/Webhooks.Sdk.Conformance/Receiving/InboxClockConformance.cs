using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.Conformance.Receiving;

/// <summary>For inboxes whose time is the database's: a node whose clock is wrong changes nothing.</summary>
public abstract class InboxClockConformance<TFixture> : InboxConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_lease_ends_by_the_databases_clock(int hours)
    {
        Fixture.SetNodeClockWrongBy(TimeSpan.FromHours(hours));
        var lease = await BeginNewAsync("msg_1");

        (await BeginAsync("msg_1")).State.Should().Be(InboxState.InHand);
        await Fixture.AdvanceAsync(Lease);
        (await BeginAsync("msg_1")).State.Should().Be(InboxState.New);
        (await Inbox.RecordAsync(lease, Handled, Cancel)).Should().BeFalse();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task What_is_due_is_due_by_the_databases_clock(int hours)
    {
        Fixture.SetNodeClockWrongBy(TimeSpan.FromHours(hours));
        await AcceptAsync(Message("msg_1"));

        await RecordAsync((await ClaimOneAsync()).Lease, new InboxTransition.Retry(TimeSpan.FromHours(1)));

        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        await ClaimOneAsync();
    }
}
