using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.Conformance.Receiving;

/// <summary>What the tests of an inbox share.</summary>
public abstract class InboxConformance<TFixture> : StoreConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    protected const string Receiver = "/hooks";

    protected static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    protected static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected static readonly InboxTransition Handled = InboxTransition.Handled.Instance;

    protected static readonly InboxTransition Released = InboxTransition.Released.Instance;

    protected IWebhookInbox Inbox => Fixture.Inbox;

    protected static InboxKey Key(string id, string sender = "", string receiver = Receiver) => new(receiver, sender, id);

    protected static InboxMessage Message(string id, string body = "{}", string receiver = Receiver) =>
        new(Key(id, receiver: receiver), "review-created", "", System.Text.Encoding.UTF8.GetBytes(body));

    protected ValueTask<InboxAnswer> BeginAsync(string id) => Inbox.BeginAsync(Key(id), Lease, Cancel);

    protected async ValueTask<InboxLease> BeginNewAsync(string id)
    {
        var answer = await BeginAsync(id);
        answer.State.Should().Be(InboxState.New);
        answer.Lease!.Key.Should().Be(Key(id));
        return answer.Lease;
    }

    protected async ValueTask<InboxState> AcceptAsync(InboxMessage message) => (await Inbox.AcceptAsync(message, Cancel)).State;

    protected ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(int maxCount = 10, params string[] receivers) =>
        Inbox.ClaimAsync(receivers.Length == 0 ? [Receiver] : receivers, maxCount, Lease, Cancel);

    protected async ValueTask<ClaimedMessage> ClaimOneAsync() => (await ClaimAsync()).Should().ContainSingle().Subject;

    protected async ValueTask RecordAsync(InboxLease lease, InboxTransition transition) =>
        (await Inbox.RecordAsync(lease, transition, Cancel)).Should().BeTrue();

    protected async ValueTask<ClaimedMessage> GiveUpAsync(string id, string reason = "It threw.")
    {
        await AcceptAsync(Message(id));
        var claimed = await ClaimOneAsync();
        await RecordAsync(claimed.Lease, new InboxTransition.GivenUp(reason));
        return claimed;
    }
}
