using System.Text;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class HexHmacSignerTests
{
    private const string Header = "X-Hub-Signature-256";
    private const string Secret = "It's a Secret to Everybody";
    private const string Body = "Hello, World!";
    private const string Mac = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static readonly HexHmacSigner Signer = new(Header, "sha256=");

    [Fact]
    public void GitHubs_vector_is_reproduced_and_accepted()
    {
        Signer.Sign(Body, Sample.Time, Secret).Lines().Should().Equal($"{Header}: sha256={Mac}");
        Genuine().VerifiedBy(Signer, Sample.Time, Secret).Should().Be(new WebhookVerification(VerificationFailure.None));
    }

    [Fact]
    public void Without_a_prefix_the_value_is_64_hex_digits() =>
        new HexHmacSigner("X-ReviewSense-Signature").Sign(Body, Sample.Time, Secret).Lines().Should().Equal($"X-ReviewSense-Signature: {Mac}");

    [Fact]
    public void During_a_rotation_only_the_newest_key_signs_and_any_key_verifies()
    {
        Signer.Sign(Body, Sample.Time, Secret, "the older one").Single().Value.Should().Be("sha256=" + Mac);
        Genuine().VerifiedBy(Signer, Sample.Time, "the newer one", Secret).IsVerified.Should().BeTrue();
    }

    [Theory]
    [InlineData(null, VerificationFailure.MissingHeader)]
    [InlineData("", VerificationFailure.MissingHeader)]
    [InlineData(Mac, VerificationFailure.MalformedHeader)]
    [InlineData("sha256=", VerificationFailure.MalformedHeader)]
    [InlineData("sha1=" + Mac, VerificationFailure.MalformedHeader)] // the right MAC under another version
    [InlineData("SHA256=" + Mac, VerificationFailure.MalformedHeader)]
    [InlineData("sha256=" + Mac + "0", VerificationFailure.MalformedHeader)]
    [InlineData("sha256=" + Mac + "," + Mac, VerificationFailure.MalformedHeader)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1", VerificationFailure.MalformedHeader)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1g", VerificationFailure.MalformedHeader)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1\0", VerificationFailure.MalformedHeader)]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000", VerificationFailure.NoMatchingSignature)]
    public void Each_bad_header_has_its_reason(string? value, VerificationFailure failure) =>
        Genuine().With(Header, value).VerifiedBy(Signer, Sample.Time, Secret).Failure.Should().Be(failure);

    [Fact]
    public void Every_flipped_bit_of_the_MAC_is_refused()
    {
        for (var bit = 0; bit < 256; bit++)
        {
            var flipped = Convert.FromHexString(Mac);
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Genuine().With(Header, "sha256=" + Convert.ToHexStringLower(flipped)).VerifiedBy(Signer, Sample.Time, Secret)
                .Failure.Should().Be(VerificationFailure.NoMatchingSignature, "bit {0} is flipped", bit);
        }
    }

    [Fact]
    public void Another_secret_or_body_is_refused()
    {
        Genuine().VerifiedBy(Signer, Sample.Time, "another").Failure.Should().Be(VerificationFailure.NoMatchingSignature);
        new Received(Signer.Sign(Body, Sample.Time, Secret), Body + " ").VerifiedBy(Signer, Sample.Time, Secret)
            .Failure.Should().Be(VerificationFailure.NoMatchingSignature);
    }

    [Fact]
    public void The_bytes_are_signed_and_not_their_text() =>
        Signer.Sign([0xFF, 0xFE, 0x00], Sample.Time, Secret).Single().Value
            .Should().NotBe(Signer.Sign(Encoding.UTF8.GetBytes("\ufffd\ufffd\0"), Sample.Time, Secret).Single().Value);

    private static Received Genuine() => new(Signer.Sign(Body, Sample.Time, Secret), Body);
}
