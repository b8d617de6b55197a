using Webhooks.Sdk.Conformance.Receiving;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Tests.Deliveries;

namespace Webhooks.Sdk.Tests.Receiving;

public sealed class InMemoryInboxBoundsTests : InboxConformance<InMemoryFixture>
{
    [Fact]
    public async Task The_oldest_ids_are_forgotten_first()
    {
        Fixture.ConfigureInbox = o => o.MaxRemembered = 2;
        foreach (var id in new[] { "one", "two", "three" })
        {
            await RecordAsync(await BeginNewAsync(id), Handled);
        }

        (await BeginAsync("three")).State.Should().Be(InboxState.Known);
        (await BeginAsync("two")).State.Should().Be(InboxState.Known);
        (await BeginAsync("one")).State.Should().Be(InboxState.New);
    }

    [Fact]
    public async Task Nothing_more_is_accepted_than_there_is_room_for_and_what_is_handled_makes_room()
    {
        Fixture.ConfigureInbox = o => o.MaxStoredBytes = 10;
        await AcceptAsync(Message("one", "12345678"));

        (await FluentActions.Awaiting(() => AcceptAsync(Message("two", "12345678")).AsTask()).Should().ThrowAsync<WebhookQueueFullException>())
            .WithMessage("*MaxStoredBytes*");
        (await AcceptAsync(Message("one", "12345678"))).Should().Be(InboxState.Known);

        await RecordAsync((await ClaimOneAsync()).Lease, Handled);
        (await AcceptAsync(Message("two", "12345678"))).Should().Be(InboxState.New);
    }
}
