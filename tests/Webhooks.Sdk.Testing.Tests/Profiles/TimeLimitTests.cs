using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing.Tests.Profiles;

public sealed class TimeLimitTests
{
    [Theory]
    [InlineData("standard", 15)]
    [InlineData("reviewsense", 10)]
    [InlineData("ratecard", 3)]
    [InlineData("dialogform", 15)]
    [InlineData("moregoodreviews", 15)]
    [InlineData("github", 10)]
    [InlineData("stripe", 15)]
    [InlineData("cloudevents", 15)]
    [InlineData("cloudevents-binary", 15)]
    public async Task An_attempt_without_an_answer_ends_at_the_profile_s_timeout_and_not_a_millisecond_before(string profile, double timeout)
    {
        await using var harness = await ProfileHarness.StartAsync(profile);
        harness.Receiver.Answer(WebhookAnswer.Never);
        await harness.PublishAsync(profile, "e1");

        await harness.AdvanceToAsync(timeout - 0.001);
        harness.Receiver.Requests.Should().ContainSingle();
        harness.Attempts.Should().BeEmpty("the endpoint still has a millisecond");

        await harness.AdvanceToAsync(timeout);
        var result = harness.Attempts.Should().ContainSingle().Subject.Result;
        result.Error.Should().Be(AttemptError.Timeout);
        result.Duration.Should().Be(TimeSpan.FromSeconds(timeout));
    }
}
