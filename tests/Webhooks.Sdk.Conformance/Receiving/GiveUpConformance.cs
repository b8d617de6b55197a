using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.Conformance.Receiving;

/// <summary>Stored messages whose handler failed too often.</summary>
public abstract class GiveUpConformance<TFixture> : InboxConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task What_was_given_up_is_not_claimed_any_more_but_listed_with_its_reason()
    {
        await AcceptAsync(Message("msg_1", "body"));
        var claimed = await ClaimOneAsync();
        await RecordAsync(claimed.Lease, new InboxTransition.GivenUp("It threw: \u0000 é 🎈"));
        await Fixture.AdvanceAsync(TimeSpan.FromDays(1));

        (await ClaimAsync()).Should().BeEmpty();
        var listed = (await Inbox.ListGivenUpAsync(Receiver, 10, Cancel)).Should().ContainSingle().Subject;
        listed.Message.Key.Should().Be(Key("msg_1"));
        listed.Message.Body.ToArray().Should().Equal("body"u8.ToArray());
        listed.Attempts.Should().Be(1);
        listed.Reason.Should().StartWith("It threw: ").And.EndWith(" é 🎈");
        listed.GivenUpAt.Should().BeCloseTo(Fixture.UtcNow - TimeSpan.FromDays(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_list_is_of_one_receiver_begins_with_the_newest_and_is_bounded()
    {
        foreach (var i in Enumerable.Range(0, 4))
        {
            await GiveUpAsync($"msg_{i}");
            await Fixture.AdvanceAsync(Tick);
        }

        (await Inbox.ListGivenUpAsync(Receiver, 3, Cancel)).Select(m => m.Message.Key.MessageId).Should().Equal("msg_3", "msg_2", "msg_1");
        (await Inbox.ListGivenUpAsync("/other", 3, Cancel)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_retried_one_starts_anew()
    {
        await GiveUpAsync("msg_1");

        (await Inbox.RetryAsync(Key("msg_1"), Cancel)).Should().BeTrue();

        (await Inbox.ListGivenUpAsync(Receiver, 10, Cancel)).Should().BeEmpty();
        var claimed = await ClaimOneAsync();
        claimed.Attempts.Should().Be(1);
        claimed.Message.Type.Should().Be("review-created");
        await RecordAsync(claimed.Lease, Handled);
    }

    [Fact]
    public async Task Only_what_was_given_up_can_be_retried()
    {
        await AcceptAsync(Message("waiting"));
        await RecordAsync(await BeginNewAsync("handled"), Handled);

        (await Inbox.RetryAsync(Key("waiting"), Cancel)).Should().BeFalse();
        (await Inbox.RetryAsync(Key("handled"), Cancel)).Should().BeFalse();
        (await Inbox.RetryAsync(Key("unknown"), Cancel)).Should().BeFalse();
    }

    [Fact]
    public async Task A_given_up_one_that_the_sender_sends_again_starts_anew_whichever_way_it_is_handled()
    {
        await GiveUpAsync("msg_1");
        await GiveUpAsync("msg_2");

        (await AcceptAsync(Message("msg_1", "again"))).Should().Be(InboxState.New);
        await RecordAsync(await BeginNewAsync("msg_2"), Handled);

        var claimed = await ClaimOneAsync();
        claimed.Message.Body.ToArray().Should().Equal("again"u8.ToArray());
        claimed.Attempts.Should().Be(1);
        (await BeginAsync("msg_2")).State.Should().Be(InboxState.Known);
        (await Inbox.ListGivenUpAsync(Receiver, 10, Cancel)).Should().BeEmpty();
    }
}
