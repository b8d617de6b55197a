using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing.Tests.Profiles;

/// <summary>That ratecard and github never suspend is in <see cref="Behaviour.SuspensionTests"/>.</summary>
public sealed class DisableRuleTests
{
    private const double FiveDays = 432_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // When events are published and when the subscription is suspended, in seconds; then the attempts that the deliveries had which were pending.
    public static TheoryData<string, double[], double, int[]> Suspensions => new()
    {
        // The first event fails ten times within 272,105 s. The second one's retry comes as the five days end; the third one's is 3 s away.
        { "standard", [0, FiveDays - 5, FiveDays - 2], FiveDays, [2, 1] },
        { "dialogform", [0, FiveDays - 5, FiveDays - 2], FiveDays, [2, 1] },
        { "stripe", [0, FiveDays - 5, FiveDays - 2], FiveDays, [2, 1] },
        { "cloudevents", [0, FiveDays - 5, FiveDays - 2], FiveDays, [2, 1] },
        { "cloudevents-binary", [0, FiveDays - 5, FiveDays - 2], FiveDays, [2, 1] },

        // The sixth attempt of the first event, 32 h 35 m later. The other one has had three.
        { "reviewsense", [0, 111_600], 117_300, [3] },

        // The fifth attempt of the fifth event. The sixth event has had three, and the first four are exhausted.
        { "moregoodreviews", [0, 1, 2, 3, 4, 9_000], 9_309, [3] },
    };

    public static TheoryData<string> FiveDayProfiles => ["standard", "dialogform", "stripe", "cloudevents", "cloudevents-binary"];

    [Theory]
    [MemberData(nameof(Suspensions))]
    public async Task A_profile_suspends_at_its_moment_and_not_a_millisecond_before(string profile, double[] publishedAt, double suspendedAt, int[] pending)
    {
        await using var harness = await ProfileHarness.StartAsync(profile);
        harness.Receiver.Answer(500);
        for (var i = 0; i < publishedAt.Length; i++)
        {
            await harness.AdvanceToAsync(publishedAt[i]);
            await harness.PublishAsync(profile, $"e{i}");
        }

        await harness.AdvanceToAsync(suspendedAt - 0.001);
        harness.Suspended.Should().BeEmpty();
        (await harness.Deliveries.GetBacklogAsync(Cancel)).Pending.Should().BePositive();

        await harness.AdvanceToAsync(suspendedAt);
        var suspended = harness.Suspended.Should().ContainSingle().Subject;
        suspended.State.Should().Be(SubscriptionState.Suspended);
        suspended.StateChangedAt.Should().Be(ProfileHarness.At(suspendedAt));
        harness.Failed.Where(f => f.FailureReason == FailureReason.SubscriptionSuspended).Select(f => f.Attempts).Should().BeEquivalentTo(pending);
        (await harness.Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(0);

        var sent = harness.Receiver.Requests.Count;
        await harness.PublishAsync(profile, "late");
        await harness.AdvanceAsync(TimeSpan.FromDays(2), Cancel);
        harness.Receiver.Requests.Should().HaveCount(sent, "nothing is sent to a suspended endpoint");
    }

    [Theory]
    [MemberData(nameof(FiveDayProfiles))]
    public async Task Five_days_are_not_enough_before_the_tenth_failed_attempt(string profile)
    {
        // Retry-After stretches every delay to a day: nine attempts in eight days, the tenth after nine.
        await using var harness = await ProfileHarness.StartAsync(profile);
        harness.Receiver.Answer(new WebhookAnswer { Status = 503 }.WithHeader("Retry-After", "86400"));
        await harness.PublishAsync(profile, "e1");

        await harness.AdvanceToAsync((9 * 86_400) - 0.001);
        harness.Attempts.Should().HaveCount(9);
        harness.Suspended.Should().BeEmpty();

        await harness.AdvanceToAsync(9 * 86_400);
        harness.Attempts.Should().HaveCount(10);
        harness.Suspended.Should().ContainSingle().Which.StateChangedAt.Should().Be(ProfileHarness.At(9 * 86_400));
    }

    [Theory]
    [MemberData(nameof(FiveDayProfiles))]
    public async Task A_success_starts_the_five_days_anew(string profile)
    {
        await using var harness = await ProfileHarness.StartAsync(profile);
        harness.Receiver.Answer(500);
        await harness.PublishAsync(profile, "e1");
        await harness.AdvanceToAsync(400_000);
        harness.Receiver.Answer(200);
        await harness.PublishAsync(profile, "e2");
        await harness.SettleAsync(Cancel);

        // From here all fail again; the last event's retry comes five days after the first of these failures.
        harness.Receiver.Answer(500);
        await harness.AdvanceToAsync(FiveDays - 5);
        await harness.PublishAsync(profile, "e3");
        await harness.AdvanceToAsync(FiveDays - 5 + FiveDays - 5);
        await harness.PublishAsync(profile, "e4");
        await harness.AdvanceToAsync(FiveDays - 5 + FiveDays - 0.001);
        harness.Suspended.Should().BeEmpty();

        await harness.AdvanceToAsync(FiveDays - 5 + FiveDays);
        harness.Suspended.Should().ContainSingle().Which.StateChangedAt.Should().Be(ProfileHarness.At(FiveDays - 5 + FiveDays));
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("dialogform")]
    [InlineData("moregoodreviews")]
    [InlineData("stripe")]
    [InlineData("cloudevents")]
    [InlineData("cloudevents-binary")]
    public async Task Gone_suspends_at_once_and_fails_what_is_pending(string profile)
    {
        await using var harness = await GoneAfterOneSecondAsync(profile);

        harness.Suspended.Should().ContainSingle().Which.StateChangedAt.Should().Be(ProfileHarness.At(1));
        harness.Failed.Select(f => (f.EventId, f.FailureReason, f.Attempts)).Should().BeEquivalentTo<(string, FailureReason?, int)>(
            [("gone", FailureReason.EndpointGone, 1), ("pending", FailureReason.SubscriptionSuspended, 1)]);
    }

    // github has one attempt for each event, so both are given up as after any other failure.
    [Theory]
    [InlineData("reviewsense", 2, 0)]
    [InlineData("ratecard", 2, 0)]
    [InlineData("github", 0, 2)]
    public async Task Gone_is_a_failure_like_another_in_the_other_profiles(string profile, int pending, int exhausted)
    {
        await using var harness = await GoneAfterOneSecondAsync(profile);

        harness.Suspended.Should().BeEmpty();
        (await harness.Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(pending);
        harness.Failed.Select(f => f.FailureReason).Should().Equal(Enumerable.Repeat<FailureReason?>(FailureReason.Exhausted, exhausted));
    }

    // One event fails and waits for its retry, where there is one; a second later the next one is answered with 410.
    private static async Task<WebhookHarness> GoneAfterOneSecondAsync(string profile)
    {
        var harness = await ProfileHarness.StartAsync(profile);
        harness.Receiver.Answer(500).Then(410);
        await harness.PublishAsync(profile, "pending");
        await harness.AdvanceToAsync(1);
        await harness.PublishAsync(profile, "gone");
        await harness.SettleAsync(Cancel);
        return harness;
    }
}
