using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class ToleranceTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly StandardWebhooksSigner Signer = new();

    [Fact]
    public void A_tolerance_without_limit_accepts_any_time_and_throws_nothing()
    {
        var headers = new WebhookHeaders();
        Signer.Sign(new WebhookMessage("msg_1", DateTimeOffset.FromUnixTimeSeconds(1), "{}"u8), [Signer.SecretFormat.Parse(Secret)], headers);
        var verifier = new WebhookVerifier(Signer, [Secret]) { Tolerance = TimeSpan.MaxValue };

        verifier.Verify("{}"u8, name => headers.First(h => h.Key == name).Value).IsVerified.Should().BeTrue();
    }
}
