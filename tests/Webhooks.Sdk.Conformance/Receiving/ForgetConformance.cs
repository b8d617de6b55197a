using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.Conformance.Receiving;

/// <summary>How long messages are remembered.</summary>
public abstract class ForgetConformance<TFixture> : InboxConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);

    [Fact]
    public async Task What_was_handled_long_ago_is_forgotten_and_what_was_handled_lately_is_not()
    {
        await RecordAsync(await BeginNewAsync("old"), Handled);
        await Fixture.AdvanceAsync(TimeSpan.FromDays(20));
        await RecordAsync(await BeginNewAsync("young"), Handled);
        await Fixture.AdvanceAsync(TimeSpan.FromDays(11));

        (await Inbox.PurgeAsync(Age, Cancel)).Should().Be(1);

        (await BeginAsync("young")).State.Should().Be(InboxState.Known);
        (await BeginAsync("old")).State.Should().Be(InboxState.New);
    }

    [Fact]
    public async Task The_age_counts_from_when_it_was_handled()
    {
        await AcceptAsync(Message("msg_1"));
        await Fixture.AdvanceAsync(TimeSpan.FromDays(20));
        await RecordAsync((await ClaimOneAsync()).Lease, Handled);
        await Fixture.AdvanceAsync(TimeSpan.FromDays(11));

        (await Inbox.PurgeAsync(Age, Cancel)).Should().Be(0);
    }

    [Fact]
    public async Task What_waits_stays_however_old_it_is()
    {
        await AcceptAsync(Message("msg_1"));
        await Fixture.AdvanceAsync(TimeSpan.FromDays(365));

        (await Inbox.PurgeAsync(Age, Cancel)).Should().Be(0);

        await ClaimOneAsync();
    }

    [Fact]
    public async Task What_was_given_up_long_ago_is_forgotten()
    {
        await GiveUpAsync("msg_1");
        await Fixture.AdvanceAsync(Age + Tick);

        (await Inbox.PurgeAsync(Age, Cancel)).Should().Be(1);

        (await Inbox.ListGivenUpAsync(Receiver, 10, Cancel)).Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_begun_long_ago_and_never_ended_is_forgotten_unless_its_lease_lives()
    {
        await BeginNewAsync("dead");
        var alive = await BeginNewAsync("alive");
        await Fixture.AdvanceAsync(Age + Lease + Tick);
        await Inbox.RenewAsync(alive, Lease, Cancel);

        (await Inbox.PurgeAsync(Age, Cancel)).Should().Be(1);

        await RecordAsync(alive, Handled);
    }

    [Fact]
    public async Task A_large_purge_ends()
    {
        await Task.WhenAll(Enumerable.Range(0, 2500).Select(i => Task.Run(async () => await RecordAsync(await BeginNewAsync($"msg_{i}"), Handled), Cancel)));
        await Fixture.AdvanceAsync(Age + Tick);

        (await Inbox.PurgeAsync(Age, Cancel)).Should().Be(2500);
        (await Inbox.PurgeAsync(Age, Cancel)).Should().Be(0);
    }
}
