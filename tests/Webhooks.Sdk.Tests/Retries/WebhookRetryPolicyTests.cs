using System.Globalization;
using FsCheck.Fluent;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Retries;

public sealed class WebhookRetryPolicyTests
{
    private static readonly TimeSpan[] Seconds = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100)];
    private static readonly WebhookRetryPolicy Policy = WebhookRetryPolicy.Schedule(Seconds);

    [Theory]
    [InlineData("standard", "0:00:05 0:05:00 0:30:00 2:00:00 5:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00", 10, "3.03:35:05")]
    [InlineData("reviewsense", "0:05:00 0:30:00 2:00:00 6:00:00 1.00:00:00", 6, "1.08:35:00")]
    [InlineData("ratecard", "0:00:10 0:01:40", 3, "0:01:50")]
    [InlineData("dialogform", "0:00:05 0:05:00 0:30:00 2:00:00 5:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00", 10, "3.03:35:05")]
    [InlineData("moregoodreviews", "0:00:05 0:05:00 0:30:00 2:00:00", 5, "2:35:05")]
    [InlineData("github", "", 1, "0:00:00")]
    [InlineData("stripe", "0:00:05 0:05:00 0:30:00 2:00:00 5:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00", 10, "3.03:35:05")]
    [InlineData("cloudevents", "0:00:05 0:05:00 0:30:00 2:00:00 5:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00", 10, "3.03:35:05")]
    [InlineData("cloudevents-binary", "0:00:05 0:05:00 0:30:00 2:00:00 5:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00", 10, "3.03:35:05")]
    public void Each_profile_makes_its_attempts_and_then_gives_up(string profile, string delays, int attempts, string span)
    {
        var policy = (WebhookRetryPolicy)WebhookProfiles.All.Single(p => p.Name == profile).RetryPolicy;
        policy.Delays.Should().Equal(delays.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(d => TimeSpan.Parse(d, CultureInfo.InvariantCulture)));

        var total = TimeSpan.Zero;
        for (var attempt = 0; attempt < attempts - 1; attempt++)
        {
            total += Delay(policy with { Jitter = 0 }, attempt, Answered(500));
        }

        total.Should().Be(TimeSpan.Parse(span, CultureInfo.InvariantCulture));
        Decide(policy, attempts - 1, Answered(500)).Should().Be(new DeliveryTransition.Failed(FailureReason.Exhausted));
        Decide(policy, attempts, Answered(500)).Should().Be(new DeliveryTransition.Failed(FailureReason.Exhausted));
    }

    [Theory]
    [InlineData("standard", 0.1)]
    [InlineData("dialogform", 0.1)]
    [InlineData("stripe", 0.1)]
    [InlineData("reviewsense", 0)]
    [InlineData("ratecard", 0)]
    [InlineData("moregoodreviews", 0)]
    public void Only_the_standard_schedule_is_jittered(string profile, double jitter) =>
        ((WebhookRetryPolicy)WebhookProfiles.All.Single(p => p.Name == profile).RetryPolicy).Jitter.Should().Be(jitter);

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public void Every_2xx_is_delivered(int status) => Decide(Policy, 0, Answered(status)).Should().BeOfType<DeliveryTransition.Delivered>();

    [Fact]
    public void A_2xx_decides_even_when_the_body_then_broke() =>
        Decide(Policy, 0, new AttemptResult { StatusCode = 200, Error = AttemptError.ConnectionLost }).Should().BeOfType<DeliveryTransition.Delivered>();

    [Theory]
    [InlineData(100)]
    [InlineData(199)]
    [InlineData(300)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(599)]
    public void Every_other_status_is_retried(int status) => Decide(Policy, 0, Answered(status)).Should().Be(new DeliveryTransition.Retry(Seconds[0]));

    [Theory]
    [InlineData(AttemptError.Timeout)]
    [InlineData(AttemptError.NameResolution)]
    [InlineData(AttemptError.AddressRefused)]
    [InlineData(AttemptError.Connect)]
    [InlineData(AttemptError.Tls)]
    [InlineData(AttemptError.ConnectionLost)]
    [InlineData(AttemptError.InvalidResponse)]
    [InlineData(AttemptError.InvalidRequest)]
    public void Every_transport_error_is_retried(AttemptError error) =>
        Decide(Policy, 1, new AttemptResult { Error = error }).Should().Be(new DeliveryTransition.Retry(Seconds[1]));

    [Fact]
    public void An_attempt_that_shutdown_cut_off_is_not_charged() =>
        Decide(Policy, 2, new AttemptResult { Error = AttemptError.Aborted }).Should().Be(new DeliveryTransition.Released(TimeSpan.Zero));

    [Theory]
    [InlineData("standard", true)]
    [InlineData("moregoodreviews", true)]
    [InlineData("dialogform", true)]
    [InlineData("reviewsense", false)]
    [InlineData("ratecard", false)]
    public void Gone_ends_a_delivery_at_once_where_the_profile_says_so(string profile, bool final)
    {
        var transition = Decide((WebhookRetryPolicy)WebhookProfiles.All.Single(p => p.Name == profile).RetryPolicy, 0, Answered(410));
        (transition == new DeliveryTransition.Failed(FailureReason.EndpointGone)).Should().Be(final);
        (transition is DeliveryTransition.Retry).Should().Be(!final);
    }

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "120", 120)]
    [InlineData(503, "Fri, 24 Apr 2026 14:32:00 GMT", 120)]
    [InlineData(503, "Friday, 24-Apr-26 14:32:00 GMT", 120)]
    [InlineData(503, "Fri Apr 24 14:32:00 2026", 120)]
    [InlineData(503, "Fri, 24 Apr 2026 14:29:00 GMT", 10)] // past
    [InlineData(503, "11", 11)]
    [InlineData(503, "10", 10)]
    [InlineData(503, "9", 10)] // never sooner than scheduled
    [InlineData(503, "0", 10)]
    [InlineData(503, "-5", 10)]
    [InlineData(503, "120.5", 10)]
    [InlineData(503, "garbage", 10)]
    [InlineData(503, null, 10)]
    [InlineData(503, "86399", 86_399)]
    [InlineData(503, "86401", 86_400)] // at most a day
    [InlineData(503, "99999999999", 86_400)]
    [InlineData(503, "Fri, 31 Dec 9999 23:59:59 GMT", 86_400)]
    [InlineData(500, "120", 10)]
    [InlineData(301, "120", 10)]
    [InlineData(0, "120", 10)]
    public void Only_429_and_503_may_lengthen_the_delay_up_to_a_day(int status, string? retryAfter, int seconds) =>
        Delay(Policy, 0, Answered(status, retryAfter)).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void A_scheduled_delay_of_more_than_a_day_stays() =>
        Delay(WebhookRetryPolicy.Schedule(TimeSpan.FromHours(30)), 0, Answered(503, "99999999999")).Should().Be(TimeSpan.FromHours(30));

    [Fact]
    public void A_profile_with_an_exact_schedule_does_not_listen_to_Retry_After() =>
        Delay((WebhookRetryPolicy)WebhookProfiles.ReviewSense.RetryPolicy, 0, Answered(503, "7200")).Should().Be(TimeSpan.FromMinutes(5));

    [Fact]
    public void Retry_After_does_not_add_an_attempt() =>
        Decide(Policy, 2, Answered(503, "120")).Should().Be(new DeliveryTransition.Failed(FailureReason.Exhausted));

    [Fact]
    public void Jitter_stays_within_its_part_of_the_delay()
    {
        var samples = from percent in Gen.Choose(0, 100) from random in Gen.Choose(0, 1_000_000) from seconds in Gen.Choose(0, 86_400) select (percent, random, seconds);
        Properties.ForAll(samples, sample =>
        {
            var (percent, random, seconds) = sample;
            var scheduled = TimeSpan.FromSeconds(seconds);
            var policy = WebhookRetryPolicy.Schedule(scheduled) with { Jitter = percent / 100.0, Random = () => random / 1_000_001.0 };
            var delay = Delay(policy, 0, Answered(500));
            var widest = (scheduled * percent / 100) + TimeSpan.FromTicks(1);
            return delay >= TimeSpan.Zero && (delay - scheduled).Duration() <= widest;
        });
    }

    [Theory]
    [InlineData(0.0, 90)]
    [InlineData(0.5, 100)]
    [InlineData(1.0, 110)]
    public void Jitter_reaches_both_ends(double random, int seconds) =>
        Delay(WebhookRetryPolicy.Schedule(TimeSpan.FromSeconds(100)) with { Jitter = 0.1, Random = () => random }, 0, Answered(500))
            .Should().BeCloseTo(TimeSpan.FromSeconds(seconds), TimeSpan.FromMilliseconds(1));

    [Fact]
    public void Exponential_delays_grow_up_to_the_longest() =>
        WebhookRetryPolicy.Exponential(TimeSpan.FromSeconds(1), 3, TimeSpan.FromSeconds(20), attempts: 6).Delays
            .Should().Equal(new[] { 1, 3, 9, 20, 20 }.Select(s => TimeSpan.FromSeconds(s)));

    [Fact]
    public void A_single_attempt_has_no_delay() =>
        WebhookRetryPolicy.Exponential(TimeSpan.FromSeconds(1), 2, TimeSpan.FromHours(1), attempts: 1).Delays.Should().BeEmpty();

    [Fact]
    public void Exponential_delays_never_overflow() =>
        WebhookRetryPolicy.Exponential(TimeSpan.FromSeconds(1), 1000, TimeSpan.FromDays(1), attempts: 500).Delays.Should().EndWith(TimeSpan.FromDays(1));

    [Fact]
    public void Impossible_schedules_are_refused()
    {
        var second = TimeSpan.FromSeconds(1);
        Action[] impossible =
        [
            () => WebhookRetryPolicy.Schedule(second, -second),
            () => WebhookRetryPolicy.Exponential(TimeSpan.Zero, 2, second, 3),
            () => WebhookRetryPolicy.Exponential(second, 0.5, second, 3),
            () => WebhookRetryPolicy.Exponential(second, 2, second / 2, 3),
            () => WebhookRetryPolicy.Exponential(second, 2, second, 0),
            () => Policy.Scaled(-1),
        ];
        impossible.Should().AllSatisfy(make => make.Should().Throw<ArgumentOutOfRangeException>());
    }

    [Fact]
    public void A_schedule_can_be_scaled() => Policy.Scaled(0.001).Delays.Should().Equal(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100));

    [Fact]
    public void Later_changes_of_the_list_do_not_change_the_schedule()
    {
        var delays = new List<TimeSpan> { TimeSpan.FromSeconds(1) };
        var policy = WebhookRetryPolicy.Schedule(delays);
        delays.Clear();
        policy.Delays.Should().Equal(TimeSpan.FromSeconds(1));
    }

    private static AttemptResult Answered(int status, string? retryAfter = null) => new() { StatusCode = status, RetryAfter = retryAfter };

    private static TimeSpan Delay(WebhookRetryPolicy policy, int attempts, AttemptResult result) =>
        Decide(policy, attempts, result).Should().BeOfType<DeliveryTransition.Retry>().Which.Delay;

    private static DeliveryTransition Decide(WebhookRetryPolicy policy, int attempts, AttemptResult result) => policy.Decide(
        new ClaimedDelivery { Event = Sample.Event(), SubscriptionId = Sample.SubscriptionId, LeaseToken = Guid.Empty, Attempts = attempts }, result, Sample.Time);
}
