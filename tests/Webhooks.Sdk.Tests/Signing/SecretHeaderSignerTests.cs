using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class SecretHeaderSignerTests
{
    private const string Header = "Ratecard-Webhook-Secret";
    private const string Secret = "s3cr3t value, verbatim";

    private static readonly SecretHeaderSigner Signer = new(Header);

    [Fact]
    public void The_secret_is_sent_verbatim() => Signer.Sign("{}", Sample.Time, Secret).Lines().Should().Equal($"{Header}: {Secret}");

    [Fact]
    public void During_a_rotation_only_the_newest_secret_is_sent() =>
        Signer.Sign("{}", Sample.Time, Secret, "the older one").Lines().Should().Equal($"{Header}: {Secret}");

    [Theory]
    [InlineData(Secret, VerificationFailure.None)]
    [InlineData("the older one", VerificationFailure.None)]
    [InlineData(null, VerificationFailure.MissingHeader)]
    [InlineData("", VerificationFailure.MissingHeader)]
    [InlineData("s3cr3t value, verbati", VerificationFailure.NoMatchingSignature)]
    [InlineData("s3cr3t value, verbatim ", VerificationFailure.NoMatchingSignature)]
    [InlineData("s3cr3t value, verbatim\0", VerificationFailure.NoMatchingSignature)]
    [InlineData("S3cr3t value, verbatim", VerificationFailure.NoMatchingSignature)]
    [InlineData("another tenant's", VerificationFailure.NoMatchingSignature)]
    public void Only_the_same_secret_is_accepted(string? value, VerificationFailure failure) =>
        Received.None.With(Header, value).VerifiedBy(Signer, Sample.Time, Secret, "the older one").Failure.Should().Be(failure);

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        for (var bit = 0; bit < Secret.Length * 8; bit++)
        {
            var flipped = Secret.ToCharArray();
            flipped[bit / 8] ^= (char)(1 << (bit % 8));
            Received.None.With(Header, new string(flipped)).VerifiedBy(Signer, Sample.Time, Secret).IsVerified.Should().BeFalse("bit {0} is flipped", bit);
        }
    }
}
