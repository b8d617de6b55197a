using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class ScheduleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReviewSense_attempts_six_times_over_32_hours_and_35_minutes_to_the_second()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var created = await harness.SubscribeAsync(WebhookProfiles.ReviewSense);
        harness.Receiver.Answer(500);
        var start = harness.Time.GetUtcNow();

        await harness.PublishAsync("review.analysed", """{"score":87}""", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Receiver.Requests.Select(r => r.ReceivedAt - start).Should().Equal(
            TimeSpan.Zero,
            TimeSpan.FromMinutes(5),
            TimeSpan.FromMinutes(35),
            TimeSpan.FromMinutes(155),
            TimeSpan.FromMinutes(515),
            TimeSpan.FromMinutes(1955));
        harness.Failed.Should().ContainSingle().Which.FailureReason.Should().Be(FailureReason.Exhausted);
        harness.Suspended.Should().ContainSingle().Which.Id.Should().Be(created.Subscription.Id);
    }
}
