using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class RetryScheduleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Seconds since the publication, from the delays of WIRE's profiles added up.
    public static TheoryData<string, double[]> ExactSchedules => new()
    {
        { "reviewsense", [0, 300, 2_100, 9_300, 30_900, 117_300] },
        { "ratecard", [0, 10, 110] },
        { "moregoodreviews", [0, 5, 305, 2_105, 9_305] },
        { "github", [0] },
    };

    public static TheoryData<string> JitteredProfiles => ["standard", "dialogform", "stripe", "cloudevents", "cloudevents-binary"];

    [Theory]
    [MemberData(nameof(ExactSchedules))]
    public async Task A_profile_attempts_at_exactly_its_times_and_then_gives_up(string profileName, double[] seconds)
    {
        var profile = WebhookProfiles.All.Single(p => p.Name == profileName);
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(profile), cancellationToken: Cancel);
        await harness.SubscribeAsync(profile);
        harness.Receiver.Answer(500);

        var published = await harness.PublishAsync(profile.EventTypes.FirstOrDefault("push"), "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(seconds);
        harness.ShouldHaveFailed(published.EventId, FailureReason.Exhausted, times: 1)[0].Attempts.Should().Be(seconds.Length);
        harness.Attempts.Select(a => a.Number).Should().Equal(Enumerable.Range(1, seconds.Length));
    }

    [Fact]
    public async Task The_standard_schedule_is_ten_attempts_over_75_hours_35_minutes_and_5_seconds()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(500);

        await harness.PublishManyAsync(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 5, 305, 2_105, 9_305, 27_305, 63_305, 113_705, 185_705, 272_105);
        TimeSpan.FromSeconds(272_105).Should().Be(new TimeSpan(75, 35, 5));
    }

    [Theory]
    [MemberData(nameof(JitteredProfiles))]
    public async Task Standard_delays_vary_by_ten_percent_at_most_and_do_vary(string profileName)
    {
        var profile = WebhookProfiles.All.Single(p => p.Name == profileName);
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        for (var i = 0; i < 5; i++)
        {
            await harness.SubscribeAsync(profile);
        }

        harness.Receiver.Answer(500);

        await harness.PublishAsync("completed", "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        var delays = profile.RetryPolicy.Delays;
        delays.Should().HaveCount(9);
        foreach (var attempts in harness.Attempts.GroupBy(a => a.SubscriptionId))
        {
            var times = attempts.Select(a => a.Result.StartedAt).ToList();
            times.Should().HaveCount(10);
            for (var i = 0; i < delays.Count; i++)
            {
                (times[i + 1] - times[i]).Should().BeCloseTo(delays[i], delays[i] * 0.1);
            }
        }

        harness.Attempts.Where(a => a.Number == 2).Select(a => a.RetryDelay).Distinct().Should().HaveCount(5);
    }

    [Fact]
    public async Task A_delay_counts_from_the_end_of_the_previous_attempt()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync(WebhookProfiles.Ratecard);
        harness.Receiver.Answer(new WebhookAnswer { Status = 500 }.After(TimeSpan.FromSeconds(2)));

        await harness.PublishAsync("messages.sent", "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 12, 114);
        harness.Attempts.Should().OnlyContain(a => a.Result.Duration == TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Every_attempt_sends_the_same_bytes_and_id_and_signs_them_anew()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var secret = (await harness.SubscribeAsync()).Secret!;
        harness.Receiver.Answer(500, times: 4).Then(200);

        var published = await harness.PublishAsync("review-created", """{"text":"é <b> & ' + 😀"}""", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        var requests = harness.Receiver.Requests;
        requests.Should().HaveCount(5);
        requests.Select(r => r.Text).Distinct().Should().ContainSingle();
        requests.Should().OnlyContain(r => r.Header("webhook-id") == published.EventId);
        requests.Select(r => r.Header("webhook-timestamp")).Distinct().Should().HaveCount(5);
        requests.Should().OnlyContain(r => r.Verify(WebhookProfiles.Standard, secret).IsVerified);
        harness.ShouldHaveDelivered(published.EventId, times: 1)[0].Attempts.Should().Be(5);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Anything_but_2xx_is_retried_and_a_redirect_is_not_followed(int status)
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync(WebhookProfiles.Ratecard);
        harness.Receiver.Answer(new WebhookAnswer { Status = status }.WithHeader("Location", harness.Receiver.UrlFor("/elsewhere"))).Then(299);

        var published = await harness.PublishAsync("messages.sent", "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 10);
        harness.Receiver.Requests.Should().OnlyContain(r => r.Path == "/");
        harness.ShouldHaveDelivered(published.EventId);
    }

    [Fact]
    public async Task A_connection_reset_is_retried()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync(WebhookProfiles.Ratecard);
        harness.Receiver.Answer(WebhookAnswer.Reset).Then(200);

        var published = await harness.PublishAsync("messages.sent", "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Attempts[0].Result.Error.Should().Be(AttemptError.ConnectionLost);
        harness.Arrivals().Should().Equal(0, 10);
        harness.ShouldHaveDelivered(published.EventId, times: 1);
    }

    [Fact]
    public async Task A_success_whose_body_breaks_is_a_success()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(WebhookAnswer.Ok.WithBody("0123456789") with { CutAfter = 3 });

        await harness.PublishManyAsync(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveDelivered("e1", times: 1);
        harness.Receiver.Requests.Should().ContainSingle();
    }
}
