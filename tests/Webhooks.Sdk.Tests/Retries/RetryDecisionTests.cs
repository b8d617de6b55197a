using FsCheck.Fluent;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Retries;

/// <summary>Every policy, every answer, every attempt: one transition, and the bounds of each.</summary>
public sealed class RetryDecisionTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static readonly FsCheck.Gen<(WebhookRetryPolicy Policy, double Random)> Policy =
        from seconds in Gen.Choose(0, 3 * 86_400).ArrayOf()
        from percent in Gen.Choose(0, 100)
        from random in Gen.Choose(0, 999_999)
        from honours in Gen.Elements(true, false)
        from goneIsFinal in Gen.Elements(true, false)
        select (WebhookRetryPolicy.Schedule([.. seconds.Select(s => TimeSpan.FromSeconds(s))]) with
        {
            Jitter = percent / 100.0,
            Random = () => random / 1_000_000.0,
            HonoursRetryAfter = honours,
            GoneIsFinal = goneIsFinal,
        }, random / 1_000_000.0);

    private static readonly FsCheck.Gen<AttemptResult> Result = Gen.OneOf(
        from status in Gen.OneOf(Gen.Choose(100, 599), Gen.Elements(200, 204, 410, 429, 503))
        from retryAfter in Gen.OneOf(
            Gen.Elements<string?>(null, "", "0", "-5", "120", "120.5", "86400", "86401", "99999999999", "Sat, 25 Apr 2026 14:30:00 GMT"), Generate.Garbage.Select(g => (string?)g))
        select new AttemptResult { StatusCode = status, RetryAfter = retryAfter },
        Gen.Elements(Enum.GetValues<AttemptError>()).Where(e => e != AttemptError.None).Select(e => new AttemptResult { Error = e, RetryAfter = "120" }));

    [Fact]
    public void Each_result_has_one_transition_within_its_bounds() => Properties.ForAll(Gen.Zip(Policy, Gen.Zip(Result, Gen.Choose(0, 12))), sample =>
    {
        var ((policy, random), (result, attempts)) = sample;
        var delivery = new ClaimedDelivery { Event = Sample.Event(), SubscriptionId = "s", Attempts = attempts, LeaseToken = Guid.NewGuid() };
        var gone = result.StatusCode == 410 && policy.GoneIsFinal;
        switch (policy.Decide(delivery, result, Sample.Time))
        {
            case DeliveryTransition.Delivered:
                result.IsSuccess.Should().BeTrue();
                break;
            case DeliveryTransition.Released released:
                (result.Error, released.Delay).Should().Be((AttemptError.Aborted, TimeSpan.Zero));
                break;
            case DeliveryTransition.Failed { Reason: FailureReason.EndpointGone }:
                gone.Should().BeTrue();
                break;
            case DeliveryTransition.Failed failed:
                (failed.Reason, result.IsSuccess, gone).Should().Be((FailureReason.Exhausted, false, false));
                result.Error.Should().NotBe(AttemptError.Aborted);
                attempts.Should().BeGreaterThanOrEqualTo(policy.Delays.Count);
                break;
            case DeliveryTransition.Retry retry:
                (result.IsSuccess, gone).Should().Be((false, false));
                result.Error.Should().NotBe(AttemptError.Aborted);
                attempts.Should().BeLessThan(policy.Delays.Count, "no retry is beyond the schedule");
                ShouldBeInBounds(retry.Delay, policy, result, policy.Delays[attempts], random);
                break;
            case var other:
                Assert.Fail($"{other} is none of the four.");
                break;
        }
    });

    private static void ShouldBeInBounds(TimeSpan delay, WebhookRetryPolicy policy, AttemptResult result, TimeSpan scheduled, double random)
    {
        // A tick either way for the rounding of the product.
        var tick = TimeSpan.FromTicks(1);
        var part = scheduled * policy.Jitter;
        delay.Should().BeGreaterThanOrEqualTo(TimeSpan.Zero).And.BeGreaterThanOrEqualTo(scheduled - part - tick);
        var varied = scheduled + (part * ((2 * random) - 1));
        if (policy.HonoursRetryAfter && result.StatusCode is 429 or 503)
        {
            delay.Should().BeGreaterThanOrEqualTo(varied - tick).And.BeLessThanOrEqualTo((varied > Day ? varied : Day) + tick);
        }
        else
        {
            delay.Should().BeCloseTo(varied, tick).And.BeLessThanOrEqualTo(scheduled + part + tick);
        }
    }
}
