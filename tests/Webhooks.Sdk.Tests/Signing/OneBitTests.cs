using System.Text;
using FsCheck.Fluent;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

/// <summary>A signature holds for one message: with any one bit of it changed, nothing verifies.</summary>
public sealed class OneBitTests
{
    private static readonly IWebhookSigner[] Signers =
    [
        new StandardWebhooksSigner(),
        new HexHmacSigner("X-ReviewSense-Signature"),
        new HexHmacSigner("X-Hub-Signature-256", "sha256="),
        new TimestampedHmacSigner("Stripe-Signature"),
    ];

    public static TheoryData<int> EverySigner => [.. Enumerable.Range(0, Signers.Length)];

    [Theory]
    [MemberData(nameof(EverySigner))]
    public void No_bit_of_the_body_can_be_changed(int signer)
    {
        var bodies = Gen.Choose(0, 255).Select(b => (byte)b).NonEmptyListOf();
        Properties.ForAll(Gen.Zip(bodies, Gen.Choose(0, int.MaxValue)), sample =>
        {
            byte[] body = [.. sample.Item1];
            var (headers, secret) = Sign(signer, body);
            IsVerified(signer, secret, body, headers).Should().BeTrue();

            var bit = sample.Item2 % (body.Length * 8);
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            return !IsVerified(signer, secret, body, headers);
        });
    }

    [Theory]
    [MemberData(nameof(EverySigner))]
    public void No_bit_of_the_id_the_timestamp_or_the_signature_can_be_changed(int signer) => Properties.ForAll(Generate.Text, text =>
    {
        var body = Encoding.UTF8.GetBytes(text);
        var (headers, secret) = Sign(signer, body);
        foreach (var (name, value) in headers)
        {
            for (var bit = 0; bit < value.Length * 7; bit++)
            {
                var (at, changed) = (bit / 7, value.ToCharArray());
                changed[at] ^= (char)(1 << (bit % 7));

                // The same number in the other case is the same number.
                if (char.IsAsciiHexDigit(value[at]) && value[at] == (changed[at] | ' ') && signer > 0)
                {
                    continue;
                }

                var tampered = new Dictionary<string, string>(headers) { [name] = new string(changed) };
                IsVerified(signer, secret, body, tampered).Should().BeFalse("'{0}' became '{1}'", value, tampered[name]);
            }
        }
    });

    private static (Dictionary<string, string> Headers, string Secret) Sign(int signer, byte[] body)
    {
        var secret = Signers[signer].SecretFormat.Generate();
        return (Signers[signer].Sign(body, Sample.Time, secret).ToDictionary(), secret);
    }

    // Without an end to the tolerance, so that a changed timestamp is refused for its signature and not for its age.
    private static bool IsVerified(int signer, string secret, byte[] body, Dictionary<string, string> headers) =>
        new WebhookVerifier(Signers[signer], [secret], new ManualTime(Sample.Time)) { Tolerance = TimeSpan.MaxValue }.Verify(body, headers.GetValueOrDefault).IsVerified;
}
