using FsCheck.Fluent;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class AesGcmSecretProtectorTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly byte[] OldKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] NewKey = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];

    [Fact]
    public void What_is_protected_can_be_read_again() => Properties.ForAll(Generate.Text, secret =>
    {
        var protector = new AesGcmSecretProtector(NewKey);
        return protector.Unprotect(protector.Protect(secret)) == secret;
    });

    [Fact]
    public void The_stored_form_hides_the_secret_and_differs_every_time()
    {
        var protector = new AesGcmSecretProtector(NewKey);
        protector.Protect(Secret).Should().StartWith("aes1:").And.NotContain("MfKQ").And.NotBe(protector.Protect(Secret));
    }

    [Fact]
    public void The_first_key_encrypts_and_all_of_them_decrypt()
    {
        var before = new AesGcmSecretProtector(OldKey);
        var after = new AesGcmSecretProtector(NewKey, OldKey);

        after.Unprotect(before.Protect(Secret)).Should().Be(Secret);
        new AesGcmSecretProtector(NewKey).Unprotect(after.Protect(Secret)).Should().Be(Secret);
    }

    [Fact]
    public void A_key_that_is_not_there_any_more_is_named_as_the_reason() =>
        FluentActions.Invoking(() => new AesGcmSecretProtector(NewKey).Unprotect(new AesGcmSecretProtector(OldKey).Protect(Secret)))
            .Should().Throw<WebhookException>().WithMessage("*key*not given*");

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        var protector = new AesGcmSecretProtector(NewKey, OldKey);
        var stored = Convert.FromBase64String(protector.Protect(Secret)["aes1:".Length..]);
        for (var i = 0; i < stored.Length; i++)
        {
            var changed = stored.ToArray();
            changed[i] ^= 1;
            protector.Invoking(p => p.Unprotect("aes1:" + Convert.ToBase64String(changed))).Should().Throw<WebhookException>($"byte {i} was changed");
        }
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        var protector = new AesGcmSecretProtector(NewKey);
        var stored = Convert.FromBase64String(protector.Protect(Secret)["aes1:".Length..]);
        for (var length = 0; length < stored.Length; length++)
        {
            protector.Invoking(p => p.Unprotect("aes1:" + Convert.ToBase64String(stored[..length]))).Should().Throw<WebhookException>($"only {length} bytes are left");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(Secret)]
    [InlineData("AES1:AAAA")]
    [InlineData("aes1")]
    public void Plain_text_is_refused_and_not_repeated(string stored) =>
        new AesGcmSecretProtector(NewKey).Invoking(p => p.Unprotect(stored)).Should().Throw<WebhookException>()
            .Which.Message.Should().Contain("not encrypted").And.NotContain("MfKQ");

    [Theory]
    [InlineData("aes1:")]
    [InlineData("aes1:!")]
    [InlineData("aes1:AAA")]
    public void Rubbish_is_refused(string stored) => new AesGcmSecretProtector(NewKey).Invoking(p => p.Unprotect(stored)).Should().Throw<WebhookException>();

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_has_32_bytes(int length)
    {
        FluentActions.Invoking(() => new AesGcmSecretProtector(new byte[length])).Should().Throw<ArgumentException>().WithMessage("*32 bytes*");
        FluentActions.Invoking(() => new AesGcmSecretProtector(NewKey, new byte[length])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void No_key_is_an_error() => FluentActions.Invoking(() => new AesGcmSecretProtector()).Should().Throw<ArgumentException>();

    [Fact]
    public void Later_changes_of_the_array_do_not_change_the_key()
    {
        var array = NewKey.ToArray();
        var protector = new AesGcmSecretProtector(array);
        var stored = protector.Protect(Secret);
        Array.Clear(array);
        protector.Unprotect(stored).Should().Be(Secret);
    }
}
