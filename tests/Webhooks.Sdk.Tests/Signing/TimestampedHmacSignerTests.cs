using System.Security.Cryptography;
using System.Text;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class TimestampedHmacSignerTests
{
    private const string Header = "Stripe-Signature";
    private const string Secret = "whsec_teststripe";
    private const string Body = """{"id":"evt_1"}""";
    private const string Mac = "d7ad78c3b46f97aaf0fcea9d263ebdfad4e7c730d154cb135b32b55ffec81d45"; // computed outside this code base
    private const string Wrong = "v1=0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly TimestampedHmacSigner Signer = new(Header);
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void The_header_is_the_time_and_the_MAC_of_time_and_body()
    {
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes("1614265330." + Body));
        Convert.ToHexStringLower(expected).Should().Be(Mac);

        Signer.Sign(Body, Time, Secret).Lines().Should().Equal($"{Header}: t=1614265330,v1={Mac}");
        Genuine().VerifiedBy(Signer, Time, Secret).Should().Be(new WebhookVerification(VerificationFailure.None, null, Time));
    }

    [Fact]
    public void During_a_rotation_every_key_signs_newest_first()
    {
        var value = Signer.Sign(Body, Time, "newer", Secret).Single().Value;
        value.Should().Be($"t=1614265330,v1={Convert.ToHexStringLower(HMACSHA256.HashData("newer"u8, Encoding.UTF8.GetBytes("1614265330." + Body)))},v1={Mac}");
        Genuine().With(Header, value).VerifiedBy(Signer, Time, Secret).IsVerified.Should().BeTrue();
        Genuine().With(Header, value).VerifiedBy(Signer, Time, "newer").IsVerified.Should().BeTrue();
    }

    [Theory]
    [InlineData(300, VerificationFailure.None)]
    [InlineData(-300, VerificationFailure.None)]
    [InlineData(301, VerificationFailure.TimestampTooOld)]
    [InlineData(-301, VerificationFailure.TimestampTooNew)]
    public void A_timestamp_may_be_300_seconds_off_either_way(int secondsLater, VerificationFailure failure) =>
        Genuine().VerifiedBy(Signer, Time.AddSeconds(secondsLater), Secret).Failure.Should().Be(failure);

    [Theory]
    [InlineData(null, VerificationFailure.MissingHeader)]
    [InlineData("", VerificationFailure.MissingHeader)]
    [InlineData("v1", VerificationFailure.MalformedHeader)]
    [InlineData("t=", VerificationFailure.MalformedHeader)]
    [InlineData("v1=" + Mac, VerificationFailure.MalformedHeader)]
    [InlineData("t=1614265330", VerificationFailure.MalformedHeader)]
    [InlineData("t=1614265330,v1=", VerificationFailure.MalformedHeader)]
    [InlineData("t=1614265330,v1=zz", VerificationFailure.MalformedHeader)]
    [InlineData("t=1614265330,v0=" + Mac, VerificationFailure.MalformedHeader)] // the right MAC under another version
    [InlineData("t=1614265330,v1=" + Mac + "00", VerificationFailure.MalformedHeader)]
    [InlineData("t=1614265330, v1=" + Mac, VerificationFailure.MalformedHeader)]
    [InlineData("t=+1614265330,v1=" + Mac, VerificationFailure.MalformedTimestamp)]
    [InlineData("t=-1614265330,v1=" + Mac, VerificationFailure.MalformedTimestamp)]
    [InlineData("t=1614265330\0,v1=" + Mac, VerificationFailure.MalformedTimestamp)]
    [InlineData("t=16142653300000000000,v1=" + Mac, VerificationFailure.MalformedTimestamp)]
    [InlineData("t=1614265330," + Wrong, VerificationFailure.NoMatchingSignature)]
    [InlineData("t=1614265331,v1=" + Mac, VerificationFailure.NoMatchingSignature)]
    [InlineData("t=1614265331,t=1614265330,v1=" + Mac, VerificationFailure.NoMatchingSignature)] // the first time counts
    [InlineData("v0=abc,x,v1=" + Mac + ",t=1614265330", VerificationFailure.None)]
    [InlineData("t=1614265330," + Wrong + ",v1=" + Mac, VerificationFailure.None)]
    public void Each_bad_header_has_its_reason(string? value, VerificationFailure failure) =>
        Genuine().With(Header, value).VerifiedBy(Signer, Time, Secret).Failure.Should().Be(failure);

    [Fact]
    public void Sixteen_items_are_looked_at_and_no_more()
    {
        Genuine().With(Header, List(14)).VerifiedBy(Signer, Time, Secret).Failure.Should().Be(VerificationFailure.None);
        Genuine().With(Header, List(15)).VerifiedBy(Signer, Time, Secret).Failure.Should().Be(VerificationFailure.NoMatchingSignature);
        Genuine().With(Header, List(999)).VerifiedBy(Signer, Time, Secret).Failure.Should().Be(VerificationFailure.NoMatchingSignature);

        static string List(int wrongOnes) => string.Join(',', Enumerable.Repeat(Wrong, wrongOnes).Prepend("t=1614265330").Append("v1=" + Mac));
    }

    [Fact]
    public void Every_flipped_bit_of_the_MAC_is_refused()
    {
        for (var bit = 0; bit < 256; bit++)
        {
            var flipped = Convert.FromHexString(Mac);
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Genuine().With(Header, $"t=1614265330,v1={Convert.ToHexStringLower(flipped)}").VerifiedBy(Signer, Time, Secret)
                .Failure.Should().Be(VerificationFailure.NoMatchingSignature, "bit {0} is flipped", bit);
        }
    }

    [Fact]
    public void Another_secret_or_body_is_refused()
    {
        Genuine().VerifiedBy(Signer, Time, "another").Failure.Should().Be(VerificationFailure.NoMatchingSignature);
        new Received(Signer.Sign(Body, Time, Secret), "{}").VerifiedBy(Signer, Time, Secret).Failure.Should().Be(VerificationFailure.NoMatchingSignature);
    }

    private static Received Genuine() => new(Signer.Sign(Body, Time, Secret), Body);
}
