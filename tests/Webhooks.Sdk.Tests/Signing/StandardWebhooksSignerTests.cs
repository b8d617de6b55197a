using System.Text;
using FsCheck.Fluent;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class StandardWebhooksSignerTests
{
    private const string Body = """{"test": 2432232314}""";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OtherSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string Wrong = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static readonly StandardWebhooksSigner Signer = new();
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Theory]
    [InlineData(Secret, Id, 1614265330, Body, Signature)]
    [InlineData(OtherSecret, "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1649367553, """{"email":"test@example.com","username":"test_user"}""", "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=")]
    [InlineData("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", 1731705121, """{"event_type":"ping","data":{"success":true}}""", "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=")]
    public void The_published_vectors_are_reproduced_and_accepted(string secret, string id, long timestamp, string body, string signature)
    {
        var headers = new WebhookHeaders();
        var time = DateTimeOffset.FromUnixTimeSeconds(timestamp);

        Signer.Sign(new WebhookMessage(id, time, Encoding.UTF8.GetBytes(body)), [Signer.SecretFormat.Parse(secret)], headers);

        headers.Lines().Should().Equal($"webhook-id: {id}", $"webhook-timestamp: {timestamp}", $"webhook-signature: {signature}");
        new Received(headers, body).VerifiedBy(Signer, time, secret).Should().Be(new WebhookVerification(VerificationFailure.None, id, time));
    }

    [Fact]
    public void During_a_rotation_every_key_signs_newest_first()
    {
        string[] secrets = [OtherSecret, Secret];
        var headers = new WebhookHeaders();

        Signer.Sign(new WebhookMessage(Id, Time, Encoding.UTF8.GetBytes(Body)), [.. secrets.Select(Signer.SecretFormat.Parse)], headers);

        var alone = new WebhookHeaders();
        Signer.Sign(new WebhookMessage(Id, Time, Encoding.UTF8.GetBytes(Body)), [Signer.SecretFormat.Parse(OtherSecret)], alone);
        headers.Last().Value.Should().Be($"{alone.Last().Value} {Signature}");
        new Received(headers, Body).VerifiedBy(Signer, Time, Secret).IsVerified.Should().BeTrue();
        new Received(headers, Body).VerifiedBy(Signer, Time, OtherSecret).IsVerified.Should().BeTrue();
    }

    [Theory]
    [InlineData(0, VerificationFailure.None)]
    [InlineData(300, VerificationFailure.None)]
    [InlineData(-300, VerificationFailure.None)]
    [InlineData(301, VerificationFailure.TimestampTooOld)]
    [InlineData(-301, VerificationFailure.TimestampTooNew)]
    [InlineData(1_000_000_000, VerificationFailure.TimestampTooOld)]
    public void A_timestamp_may_be_300_seconds_off_either_way(int secondsLater, VerificationFailure failure) =>
        Genuine().VerifiedBy(Signer, Time.AddSeconds(secondsLater), Secret).Failure.Should().Be(failure);

    [Theory]
    [InlineData("webhook-id", null, VerificationFailure.MissingHeader)]
    [InlineData("webhook-id", "", VerificationFailure.MissingHeader)]
    [InlineData("webhook-id", "msg.1", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-id", "msg\n", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-id", "é", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-id", "msg_2", VerificationFailure.NoMatchingSignature)]
    [InlineData("webhook-timestamp", null, VerificationFailure.MissingHeader)]
    [InlineData("webhook-timestamp", "", VerificationFailure.MissingHeader)]
    [InlineData("webhook-timestamp", "1614265330\0", VerificationFailure.MalformedTimestamp)] // long.TryParse takes it
    [InlineData("webhook-timestamp", "+1614265330", VerificationFailure.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "-1614265330", VerificationFailure.MalformedTimestamp)]
    [InlineData("webhook-timestamp", " 1614265330", VerificationFailure.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "1614265330 ", VerificationFailure.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "1614265330.0", VerificationFailure.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "1,614,265,330", VerificationFailure.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "0x6037B6F2", VerificationFailure.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "16142653300000000000", VerificationFailure.MalformedTimestamp)] // 20 digits
    [InlineData("webhook-timestamp", "١٦١٤٢٦٥٣٣٠", VerificationFailure.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "yesterday", VerificationFailure.MalformedTimestamp)]
    [InlineData("webhook-timestamp", "99999999999", VerificationFailure.TimestampTooNew)]
    [InlineData("webhook-timestamp", "0", VerificationFailure.TimestampTooOld)]
    [InlineData("webhook-timestamp", "1614265331", VerificationFailure.NoMatchingSignature)]
    [InlineData("webhook-timestamp", "01614265330", VerificationFailure.NoMatchingSignature)] // another text was signed
    [InlineData("webhook-signature", null, VerificationFailure.MissingHeader)]
    [InlineData("webhook-signature", "", VerificationFailure.MissingHeader)]
    [InlineData("webhook-signature", " ", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-signature", "v1", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-signature", "v1,", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-signature", "v1,!!!!M9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", VerificationFailure.MalformedHeader)] // truncated
    [InlineData("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-signature", "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=", VerificationFailure.MalformedHeader)] // base64url
    [InlineData("webhook-signature", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-signature", "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-signature", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", VerificationFailure.MalformedHeader)] // the right MAC under another version
    [InlineData("webhook-signature", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", VerificationFailure.MalformedHeader)]
    [InlineData("webhook-signature", Signature + "," + Signature, VerificationFailure.MalformedHeader)]
    [InlineData("webhook-signature", Wrong, VerificationFailure.NoMatchingSignature)]
    [InlineData("webhook-signature", Signature, VerificationFailure.None)]
    [InlineData("webhook-signature", "v1a,AAAA v1 v1, rubbish  " + Wrong + " " + Signature, VerificationFailure.None)] // what is unknown or malformed is skipped
    public void Each_bad_header_has_its_reason(string header, string? value, VerificationFailure failure)
    {
        var verification = Genuine().With(header, value).VerifiedBy(Signer, Time, Secret);
        verification.Failure.Should().Be(failure);
        (verification.MessageId is null).Should().Be(failure != VerificationFailure.None, "nothing of a refused message is to be trusted");
    }

    [Fact]
    public void Sixteen_signatures_are_looked_at_and_no_more()
    {
        Genuine().With("webhook-signature", List(15)).VerifiedBy(Signer, Time, Secret).Failure.Should().Be(VerificationFailure.None);
        Genuine().With("webhook-signature", List(16)).VerifiedBy(Signer, Time, Secret).Failure.Should().Be(VerificationFailure.NoMatchingSignature);
        Genuine().With("webhook-signature", List(999)).VerifiedBy(Signer, Time, Secret).Failure.Should().Be(VerificationFailure.NoMatchingSignature);

        static string List(int wrongOnes) => string.Join(' ', Enumerable.Repeat(Wrong, wrongOnes).Append(Signature));
    }

    [Fact]
    public void Every_flipped_bit_of_the_MAC_is_refused()
    {
        var mac = Convert.FromBase64String(Signature[3..]);
        for (var bit = 0; bit < 256; bit++)
        {
            var flipped = mac.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Genuine().With("webhook-signature", "v1," + Convert.ToBase64String(flipped)).VerifiedBy(Signer, Time, Secret)
                .Failure.Should().Be(VerificationFailure.NoMatchingSignature, "bit {0} is flipped", bit);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"test": 2432232315}""")]
    [InlineData("""{"test":2432232314}""")]
    public void Another_body_is_refused(string body) =>
        new Received(Headers(), body).VerifiedBy(Signer, Time, Secret).Failure.Should().Be(VerificationFailure.NoMatchingSignature);

    [Fact]
    public void Another_tenants_secret_is_refused() => Genuine().VerifiedBy(Signer, Time, OtherSecret).Failure.Should().Be(VerificationFailure.NoMatchingSignature);

    [Fact]
    public void The_longest_id_and_the_largest_time_fit() => Properties.ForAll(Gen.Choose(1, 256), length =>
    {
        var (headers, id, last) = (new WebhookHeaders(), new string('~', length), DateTimeOffset.FromUnixTimeSeconds(99_999_999_999));
        Signer.Sign(new WebhookMessage(id, last, "{}"u8), [Signer.SecretFormat.Parse(Secret)], headers);
        return new Received(headers, "{}").VerifiedBy(Signer, last, Secret).MessageId == id;
    });

    private static Received Genuine() => new(Headers(), Body);

    private static WebhookHeaders Headers() => new() { { "webhook-id", Id }, { "webhook-timestamp", "1614265330" }, { "webhook-signature", Signature } };
}
