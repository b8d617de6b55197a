using FsCheck.Fluent;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class SecretFormatTests
{
    private const string Base64Of24 = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Theory]
    [InlineData(null, "secret.empty")]
    [InlineData("", "secret.empty")]
    [InlineData(Base64Of24, "secret.prefix")]
    [InlineData("WHSEC_" + Base64Of24, "secret.prefix")]
    [InlineData("whsk_" + Base64Of24, "secret.prefix")]
    [InlineData(" whsec_" + Base64Of24, "secret.prefix")]
    [InlineData("whsec_", "secret.length")]
    [InlineData("whsec_" + Base64Of24 + "\n", "secret.alphabet")]
    [InlineData("whsec_ " + Base64Of24, "secret.alphabet")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjU PD8ILPZIo2LaLaSw", "secret.alphabet")] // Convert.FromBase64String takes it
    [InlineData("whsec_MfKQ9r8GKYqrTwjU\nPD8ILPZIo2LaLaSw", "secret.alphabet")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjU\tPD8ILPZIo2LaLaSw", "secret.alphabet")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjU-D8ILPZIo2LaLaS_", "secret.alphabet")] // base64url
    [InlineData("whsec_MfKQ9r8GKYqrTwjU=PD8ILPZIo2LaLaSw", "secret.alphabet")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSé", "secret.alphabet")]
    [InlineData("whsec_" + Base64Of24 + "A", "secret.alphabet")] // not whole bytes
    [InlineData("whsec_" + Base64Of24 + "=", "secret.alphabet")] // padding where none belongs
    [InlineData("whsec_" + Base64Of24 + "AAA==", "secret.alphabet")]
    [InlineData("whsec_" + Base64Of24 + "AA===", "secret.alphabet")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "secret.zeros")]
    public void A_bad_standard_secret_is_refused_by_its_rule(string? secret, string rule)
    {
        var error = SecretFormat.Standard.Check(secret)!;
        error.Rule.Should().Be(rule);
        error.Member.Should().Be("secret");
        error.Message.Should().NotContain("MfKQ9r8GKYqrTwjU");
    }

    [Theory]
    [InlineData(15, false, false)]
    [InlineData(16, false, true)] // older systems made shorter ones than may be registered
    [InlineData(23, false, true)]
    [InlineData(24, true, true)]
    [InlineData(32, true, true)]
    [InlineData(64, true, true)]
    [InlineData(65, false, false)]
    public void A_standard_secret_has_24_to_64_bytes(int bytes, bool mayBeRegistered, bool mayBeInUse)
    {
        var secret = "whsec_" + Convert.ToBase64String([.. Enumerable.Range(1, bytes).Select(i => (byte)i)]);
        (SecretFormat.Standard.Check(secret)?.Rule).Should().Be(mayBeRegistered ? null : "secret.length");
        var parse = FluentActions.Invoking(() => SecretFormat.Standard.Parse(secret));
        if (mayBeInUse)
        {
            parse.Should().NotThrow();
        }
        else
        {
            parse.Should().Throw<WebhookValidationException>().Which.Errors.Should().ContainSingle(e => e.Rule == "secret.length");
        }
    }

    [Fact]
    public void Missing_padding_is_accepted_and_means_the_same_key() => Properties.ForAll(Gen.Choose(24, 64), bytes =>
    {
        var padded = "whsec_" + Convert.ToBase64String([.. Enumerable.Range(1, bytes).Select(i => (byte)i)]);
        return SecretFormat.Standard.Check(padded.TrimEnd('=')) is null && Mac(padded).SequenceEqual(Mac(padded.TrimEnd('=')));

        static byte[] Mac(string secret)
        {
            var mac = new byte[32];
            SecretFormat.Standard.Parse(secret).HmacSha256([], "x"u8, mac);
            return mac;
        }
    });

    [Theory]
    [InlineData(null, "secret.empty")]
    [InlineData("", "secret.empty")]
    [InlineData("a\n", "secret.alphabet")]
    [InlineData("a\0b", "secret.alphabet")]
    [InlineData("é", "secret.alphabet")]
    [InlineData(" a", "secret.alphabet")]
    [InlineData("a ", "secret.alphabet")]
    [InlineData("It's a Secret to Everybody", null)]
    [InlineData("test_secret", null)]
    public void A_text_secret_is_printable_ASCII(string? secret, string? rule) => (SecretFormat.Text.Check(secret)?.Rule).Should().Be(rule);

    [Fact]
    public void A_text_secret_has_at_most_256_characters()
    {
        SecretFormat.Text.Check(new string('s', 256)).Should().BeNull();
        SecretFormat.Text.Check(new string('s', 257))!.Rule.Should().Be("secret.length");
    }

    [Fact]
    public void An_unsigned_format_takes_no_secret()
    {
        SecretFormat.None.HasSecret.Should().BeFalse();
        SecretFormat.None.Check(null).Should().BeNull();
        SecretFormat.None.Check("hunter2")!.Rule.Should().Be("secret.unused");
    }

    [Fact]
    public void Generated_secrets_have_32_random_bytes_and_pass_their_own_check()
    {
        var (standard, text) = (SecretFormat.Standard.Generate(), SecretFormat.Text.Generate());
        standard.Should().MatchRegex("^whsec_[A-Za-z0-9+/]{43}=$").And.NotBe(SecretFormat.Standard.Generate());
        text.Should().MatchRegex("^[0-9a-f]{64}$").And.NotBe(SecretFormat.Text.Generate());
        SecretFormat.Standard.Check(standard).Should().BeNull();
        SecretFormat.Text.Check(text).Should().BeNull();
    }

    [Fact]
    public void No_string_makes_a_check_throw_and_none_is_repeated() => Properties.ForAll(
        Gen.OneOf(Generate.Garbage, Generate.From("whsec_", "A", "MfKQ", "=", "+", "/", " ", "\n", Base64Of24).Select(t => "whsec_" + t)),
        secret => new[] { SecretFormat.Standard, SecretFormat.Text, SecretFormat.None }.All(format =>
            format.Check(secret) is not { } error || secret.Length < 12 || !error.ToString().Contains(secret, StringComparison.Ordinal)));
}
