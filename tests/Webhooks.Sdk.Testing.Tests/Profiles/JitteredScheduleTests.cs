using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Profiles;

/// <summary>The schedules without jitter are in <see cref="Behaviour.RetryScheduleTests"/>; these have it, and are exact once it is pinned.</summary>
public sealed class JitteredScheduleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Seconds since the publication: the documented delays added up, then the same with each delay at 90 % and at 110 %.
    private static readonly (double Random, double[] Seconds)[] Schedules =
    [
        (0.5, [0, 5, 305, 2_105, 9_305, 27_305, 63_305, 113_705, 185_705, 272_105]),
        (0, [0, 4.5, 274.5, 1_894.5, 8_374.5, 24_574.5, 56_974.5, 102_334.5, 167_134.5, 244_894.5]),
        (1, [0, 5.5, 335.5, 2_315.5, 10_235.5, 30_035.5, 69_635.5, 125_075.5, 204_275.5, 299_315.5]),
    ];

    [Theory]
    [InlineData("standard")]
    [InlineData("dialogform")]
    [InlineData("stripe")]
    [InlineData("cloudevents")]
    [InlineData("cloudevents-binary")]
    public async Task Ten_attempts_at_exactly_the_scheduled_the_shortest_and_the_longest_times(string profile)
    {
        foreach (var (random, seconds) in Schedules)
        {
            await using var harness = await ProfileHarness.StartAsync(profile, random);
            harness.Receiver.Answer(500);

            await harness.PublishAsync(profile, "e1");
            await harness.RunUntilIdleAsync(Cancel);

            harness.Arrivals().Should().Equal(seconds);
            harness.ShouldHaveFailed("e1", FailureReason.Exhausted, times: 1)[0].Attempts.Should().Be(10);
        }
    }
}
