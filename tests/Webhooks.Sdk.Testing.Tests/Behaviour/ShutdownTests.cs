using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class ShutdownTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_in_flight_may_end_and_what_waits_is_given_back()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(WebhookAnswer.Ok.After(TimeSpan.FromSeconds(3)));
        await harness.PublishManyAsync(20);
        await harness.SettleAsync(Cancel);
        harness.Receiver.Held.Should().Be(16);

        var stopping = harness.StopAsync(Cancel);
        stopping.IsCompleted.Should().BeFalse();
        harness.Time.Advance(TimeSpan.FromSeconds(3));
        await stopping;

        harness.Receiver.Requests.Should().HaveCount(16);
        harness.Delivered.Should().HaveCount(16);
        (await harness.Deliveries.GetBacklogAsync(Cancel)).Should().BeEquivalentTo(new { Pending = 4, Leased = 0 });
    }

    [Fact]
    public async Task What_has_not_ended_within_the_grace_period_is_given_back_without_charging_an_attempt()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(WebhookAnswer.Never);
        await harness.PublishManyAsync(3);
        await harness.SettleAsync(Cancel);
        using var grace = new CancellationTokenSource();

        var stopping = harness.StopAsync(grace.Token);
        await grace.CancelAsync();
        await stopping;

        (await harness.Deliveries.GetBacklogAsync(Cancel)).Should().BeEquivalentTo(new { Pending = 3, Leased = 0 });
        (await harness.Deliveries.ListAsync(new(), Cancel)).Items.Should().HaveCount(3).And.OnlyContain(d => d.State == DeliveryState.Pending && d.Attempts == 0);
        harness.Attempts.Should().OnlyContain(a => a.Result.Error == AttemptError.Aborted);
        await harness.Receiver.WaitForHeldAsync(0, cancellationToken: Cancel);
    }
}
