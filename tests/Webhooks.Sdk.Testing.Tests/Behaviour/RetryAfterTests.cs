using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class RetryAfterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "120", 120)]
    [InlineData(500, "120", 5)]
    [InlineData(429, "2", 5)]
    [InlineData(429, "0", 5)]
    [InlineData(429, "-5", 5)]
    [InlineData(429, "120.5", 5)]
    [InlineData(429, "soon", 5)]
    [InlineData(429, "99999999999", 86_400)]
    [InlineData(429, "Thu, 01 Jan 2026 01:00:00 GMT", 3_600)]
    [InlineData(429, "Thursday, 01-Jan-26 01:00:00 GMT", 3_600)]
    [InlineData(429, "Wed, 31 Dec 2025 23:00:00 GMT", 5)]
    [InlineData(503, "Fri, 01 Jan 2027 00:00:00 GMT", 86_400)]
    public async Task The_endpoint_may_ask_for_a_longer_delay_of_at_most_a_day(int status, string retryAfter, double seconds)
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(new WebhookAnswer { Status = status }.WithHeader("Retry-After", retryAfter)).Then(200);

        await harness.PublishManyAsync(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, seconds);
    }

    [Fact]
    public async Task A_profile_with_an_exact_schedule_does_not_listen()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync(WebhookProfiles.ReviewSense);
        harness.Receiver.Answer(new WebhookAnswer { Status = 503 }.WithHeader("Retry-After", "7200")).Then(200);

        await harness.PublishAsync("review.flagged", "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 300);
    }
}
