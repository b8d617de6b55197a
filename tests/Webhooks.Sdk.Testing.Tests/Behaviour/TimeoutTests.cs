using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class TimeoutTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, double, double[]> Timeouts => new()
    {
        { "ratecard", 3, [0, 13, 116] },
        { "reviewsense", 10, [0, 310, 2_120, 9_330, 30_940, 117_350] },
        { "github", 10, [0] },
        { "moregoodreviews", 15, [0, 20, 335, 2_150, 9_365] },
    };

    [Theory]
    [MemberData(nameof(Timeouts))]
    public async Task An_endpoint_that_never_answers_times_out_by_the_profile_and_is_retried(string profileName, double timeout, double[] seconds)
    {
        var profile = WebhookProfiles.All.Single(p => p.Name == profileName);
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync(profile);
        harness.Receiver.Answer(WebhookAnswer.Never);

        await harness.PublishAsync(profile.EventTypes.FirstOrDefault("push"), "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(seconds);
        harness.Attempts.Should().OnlyContain(a => a.Result.Error == AttemptError.Timeout && a.Result.Duration == TimeSpan.FromSeconds(timeout));
    }

    [Fact]
    public async Task An_answer_just_in_time_counts_and_one_that_is_late_does_not()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(WebhookAnswer.Ok.After(TimeSpan.FromSeconds(15.001))).Then(WebhookAnswer.Ok.After(TimeSpan.FromSeconds(14.999)));

        await harness.PublishManyAsync(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Attempts.Select(a => (a.Result.Error, a.Result.StatusCode, a.Result.Duration.TotalSeconds)).Should().Equal(
            (AttemptError.Timeout, 0, 15), (AttemptError.None, 200, 14.999));
    }

    [Fact]
    public async Task A_body_that_drips_past_the_deadline_ends_the_reading_and_nothing_else()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(WebhookAnswer.Ok.WithBody(new string('x', 100)).Dripping(1, TimeSpan.FromSeconds(1)));

        await harness.PublishManyAsync(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveDelivered("e1", times: 1);
        var result = harness.Attempts.Should().ContainSingle().Subject.Result;
        result.StatusCode.Should().Be(200);
        result.Duration.Should().Be(TimeSpan.FromSeconds(15));
        result.ResponseBody.Length.Should().BeInRange(14, 16);
    }

    [Fact]
    public async Task A_request_that_is_held_for_longer_than_its_lease_is_not_sent_twice()
    {
        var patient = Exact.Profile with { Name = "patient", Timeout = TimeSpan.FromMinutes(4) };
        await using var harness = await WebhookHarness.StartAsync(
            w => w.UseProfile(patient).ConfigureDispatch(d => d.Lease = TimeSpan.FromMinutes(5)), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.UrlFor("/limited"), MaxPerSecond = 0.001 }, Cancel);
        harness.Receiver.Answer(WebhookAnswer.Ok.After(TimeSpan.FromMinutes(3.9)));

        // The second event waits more than 16 minutes for its turn at the limited endpoint, leased all the time.
        await harness.PublishManyAsync(2);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveDelivered("e1", times: 2);
        harness.ShouldHaveDelivered("e2", times: 2);
        harness.Receiver.Requests.Should().HaveCount(4);
        harness.Attempts.Should().OnlyContain(a => a.Outcome == DeliveryState.Delivered);
    }

    [Fact]
    public async Task More_requests_than_one_endpoint_may_have_at_once_time_out_wave_by_wave()
    {
        var once = WebhookProfiles.GitHub;
        await using var harness = await WebhookHarness.StartAsync(
            w => w.UseProfile(once).ConfigureDispatch(d => d.CircuitBreaker.Enabled = false), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(WebhookAnswer.Never);

        await harness.PublishManyAsync(40);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal([.. Enumerable.Repeat(0d, 16), .. Enumerable.Repeat(10d, 16), .. Enumerable.Repeat(20d, 8)]);
        harness.Failed.Should().HaveCount(40);
    }
}
