using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class LaneTableTests
{
    private static readonly WebhookEvent Event = new() { Id = "e", Type = "t", TenantId = "default", CreatedAt = DateTimeOffset.UnixEpoch, Data = "1"u8.ToArray() };

    private readonly LaneTable _lanes = new(new LaneLimits(Concurrency: 4, FullAt: 8), TimeProvider.System);

    [Fact]
    public async Task A_lane_that_was_full_is_claimed_for_again_when_half_of_it_is_gone()
    {
        Offer(8);
        _lanes.Full.Should().Equal("s1");

        for (var taken = 1; taken <= 3; taken++)
        {
            await TakeAsync();
            _lanes.Full.Should().Equal(["s1"], "a claim for {0} places costs as much as one for four", taken);
        }

        await TakeAsync();
        _lanes.Full.Should().BeEmpty();
        _lanes.Room.WaitAsync().IsCompleted.Should().BeTrue("the worker that waits for room is told");
    }

    [Fact]
    public async Task A_lane_that_was_never_full_is_always_claimed_for()
    {
        Offer(7);

        for (var i = 0; i < 3; i++)
        {
            await TakeAsync();
            _lanes.Full.Should().BeEmpty();
        }
    }

    private void Offer(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _lanes.Offer(new ClaimedDelivery { Event = Event, SubscriptionId = "s1", LeaseToken = Guid.NewGuid() });
        }
    }

    // As a runner does, without an attempt.
    private async Task TakeAsync()
    {
        var lane = (await _lanes.NextAsync())!;
        lane.Take(null, _lanes.Run, out _, out var hasRoom).Should().NotBeNull();
        if (hasRoom)
        {
            _lanes.MadeRoom(lane);
        }
    }
}
