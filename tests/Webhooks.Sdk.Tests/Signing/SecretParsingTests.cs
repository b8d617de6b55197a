using FsCheck.Fluent;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class SecretParsingTests
{
    private static readonly FsCheck.Gen<byte[]> Key = Gen.Choose(0, 90).SelectMany(length => Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(length));

    [Fact]
    public void A_standard_secret_is_accepted_if_and_only_if_it_holds_24_to_64_bytes_that_are_not_all_zero() => Properties.ForAll(
        Gen.OneOf(Key, Key.Select(k => new byte[k.Length])),
        key => SecretFormat.Standard.Check(Text(key)) is null == (key.Length is >= 24 and <= 64 && key.Any(b => b != 0)));

    [Fact]
    public void No_character_from_outside_the_alphabet_is_passed_over() => Properties.ForAll(
        Gen.Zip(Gen.Choose(0, 32), Gen.Elements(' ', '\n', '\t', '\0', '-', '_', '.', '=', 'é', '\u200b')),
        sample =>
        {
            var (at, foreign) = sample;
            var digits = Convert.ToBase64String([.. Enumerable.Range(1, 24).Select(i => (byte)i)]);

            // At the very end '=' would be padding that is too much, and white space is what a copied line ends with: both are refused too.
            return SecretFormat.Standard.Check("whsec_" + digits.Insert(at, foreign.ToString())) is not null;
        });

    private static string Text(byte[] key) => "whsec_" + Convert.ToBase64String(key);
}
