using System.Text;
using FsCheck.Fluent;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class WebhookVerifierTests
{
    private static readonly (IWebhookSigner Signer, string Secret)[] Formats =
    [
        (new StandardWebhooksSigner(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        (new HexHmacSigner("X-ReviewSense-Signature"), "test_secret"),
        (new HexHmacSigner("X-Hub-Signature-256", "sha256="), "It's a Secret to Everybody"),
        (new TimestampedHmacSigner("Stripe-Signature"), "whsec_teststripe"),
        (new SecretHeaderSigner("Ratecard-Webhook-Secret"), "s3cr3t"),
    ];

    public static TheoryData<int> EveryFormat => [.. Enumerable.Range(0, Formats.Length)];

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void What_was_signed_is_verified_whatever_the_body(int format)
    {
        var (signer, secret) = Formats[format];
        Properties.ForAll(Generate.Text, body =>
            new Received(signer.Sign(body, Sample.Time, secret), body).VerifiedBy(signer, Sample.Time, secret).IsVerified);
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Garbage_in_any_header_gets_a_reason_and_never_an_exception(int format)
    {
        var (signer, secret) = Formats[format];
        var genuine = signer.Sign("{}", Sample.Time, secret).ToArray();
        var pieces = genuine.SelectMany(h => new[] { h.Value, h.Value[..(h.Value.Length / 2)] })
            .Concat(["v1", "v1,", "v1a,", "sha256=", "t=", ",", " ", "=", "\0", "1614265330", "é", "AAAA"]).ToArray();
        var value = Gen.OneOf(Generate.Garbage, Generate.From(pieces), Gen.Elements(pieces), Gen.Constant<string>(null!));

        Properties.ForAll(value.ArrayOf(genuine.Length), values =>
        {
            var request = new Received(new WebhookHeaders(), "{}");
            for (var i = 0; i < values.Length; i++)
            {
                request.With(genuine[i].Key, values[i]);
            }

            var verification = request.VerifiedBy(signer, Sample.Time, secret);
            return verification.IsVerified
                ? values[^1].Contains(genuine[^1].Value, StringComparison.Ordinal)
                : verification.Failure is not (VerificationFailure.None or VerificationFailure.NoKey) && verification.MessageId is null;
        });
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Without_a_key_everything_is_refused(int format) =>
        Received.None.VerifiedBy(Formats[format].Signer, Sample.Time).Failure.Should().Be(VerificationFailure.NoKey);

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(10, 10, true)]
    [InlineData(10, 11, false)]
    [InlineData(10, -11, false)]
    public void The_tolerance_can_be_set(int tolerance, int secondsLater, bool verified)
    {
        var (signer, secret) = Formats[0];
        var headers = signer.Sign("{}", Sample.Time, secret).ToDictionary();
        var verifier = new WebhookVerifier(signer, [secret], new ManualTime(Sample.Time.AddSeconds(secondsLater))) { Tolerance = TimeSpan.FromSeconds(tolerance) };

        verifier.Verify("{}"u8, headers.GetValueOrDefault).IsVerified.Should().Be(verified);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_tolerance_without_end_accepts_every_time(int format)
    {
        var (signer, secret) = Formats[format];
        var headers = signer.Sign("{}", Sample.Time, secret).ToDictionary();
        foreach (var now in new[] { DateTimeOffset.MinValue, Sample.Time, DateTimeOffset.MaxValue })
        {
            new WebhookVerifier(signer, [secret], new ManualTime(now)) { Tolerance = TimeSpan.MaxValue }
                .Verify("{}"u8, headers.GetValueOrDefault).IsVerified.Should().BeTrue();
        }
    }

    [Fact]
    public void A_secret_in_another_format_is_refused_at_once_and_not_repeated() =>
        FluentActions.Invoking(() => new WebhookVerifier(new StandardWebhooksSigner(), ["hunter2"]))
            .Should().Throw<WebhookValidationException>().Which.Message.Should().Contain("whsec_").And.NotContain("hunter2");

    [Fact]
    public void A_large_body_is_verified_as_bytes()
    {
        var (signer, secret) = Formats[1];
        var body = new string('é', 1_000_000);
        new Received(signer.Sign(Encoding.UTF8.GetBytes(body), Sample.Time, secret), body).VerifiedBy(signer, Sample.Time, secret).IsVerified.Should().BeTrue();
    }
}
