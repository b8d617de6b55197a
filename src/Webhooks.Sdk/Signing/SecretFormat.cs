using System.Security.Cryptography;

namespace Webhooks.Sdk.Signing;

/// <summary>What a signer's secrets look like: how one is made, checked and turned into a key.</summary>
public abstract class SecretFormat
{
    private const int GeneratedBytes = 32;

    private protected SecretFormat()
    {
    }

    /// <summary>Standard Webhooks: <c>whsec_</c> and the base64 of 24 to 64 random bytes; the key is those bytes.</summary>
    public static SecretFormat Standard { get; } = new StandardFormat();

    /// <summary>Any text of printable ASCII; the key is the text itself.</summary>
    public static SecretFormat Text { get; } = new TextFormat();

    /// <summary>The format is not signed and has no secret.</summary>
    public static SecretFormat None { get; } = new NoFormat();

    /// <summary>True when a subscription has a secret at all.</summary>
    public virtual bool HasSecret => true;

    /// <summary>A new random secret of 32 bytes.</summary>
    public abstract string Generate();

    /// <summary>Says what is wrong with a secret that is to be registered, without repeating it; null when it is fine.</summary>
    public abstract WebhookError? Check(string? secret, string member = "secret");

    /// <summary>The key of a secret that is in use already. Older systems made shorter ones than may be registered here; 16 bytes is the least.</summary>
    /// <exception cref="WebhookValidationException">The secret is not in this format.</exception>
    public SigningKey Parse(string secret) => CheckInUse(secret) is { } error ? throw new WebhookValidationException(error) : ParseChecked(secret);

    private protected virtual WebhookError? CheckInUse(string secret) => Check(secret);

    private protected abstract SigningKey ParseChecked(string secret);

    private sealed class StandardFormat : SecretFormat
    {
        private const string Prefix = "whsec_";
        private const int MinBytes = 24;
        private const int MinBytesInUse = 16;
        private const int MaxBytes = 64;

        public override string Generate() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(GeneratedBytes));

        public override WebhookError? Check(string? secret, string member = "secret") => Check(secret, member, MinBytes);

        private protected override WebhookError? CheckInUse(string secret) => Check(secret, "secret", MinBytesInUse);

        private static WebhookError? Check(string? secret, string member, int minBytes)
        {
            if (string.IsNullOrEmpty(secret))
            {
                return new(member, "secret.empty", "a secret is required: 'whsec_' and the base64 of 24 to 64 random bytes.");
            }

            if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return new(member, "secret.prefix", "a secret starts with 'whsec_'.");
            }

            // Checked by character: Convert.FromBase64String passes over white space inside.
            var text = secret.AsSpan(Prefix.Length).TrimEnd('=');
            foreach (var c in text)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/'))
                {
                    return new(member, "secret.alphabet", "the part after 'whsec_' is not base64 (A-Z a-z 0-9 + / and padding at the end).");
                }
            }

            if (!TryDecode(secret, out var key))
            {
                return new(member, "secret.alphabet", "the part after 'whsec_' is not base64 of whole bytes.");
            }

            if (key.Length < minBytes || key.Length > MaxBytes)
            {
                return new(member, "secret.length", $"a secret has {minBytes} to {MaxBytes} bytes; this one has {key.Length}.");
            }

            return key.All(b => b == 0) ? new(member, "secret.zeros", "the secret is all zeros.") : null;
        }

        private protected override SigningKey ParseChecked(string secret)
        {
            TryDecode(secret, out var key);
            return new(secret, key);
        }

        private static bool TryDecode(string secret, out byte[] key)
        {
            var text = secret[Prefix.Length..].TrimEnd('=');
            var padding = secret.Length - Prefix.Length - text.Length;
            var missing = (4 - (text.Length % 4)) % 4;
            key = new byte[text.Length];

            // Missing padding is accepted, too much of it is not.
            if (padding > missing || missing == 3 || !Convert.TryFromBase64String(text + new string('=', missing), key, out var length))
            {
                key = [];
                return false;
            }

            key = key[..length];
            return true;
        }
    }

    private sealed class TextFormat : SecretFormat
    {
        private const int MaxLength = 256;

        public override string Generate() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(GeneratedBytes));

        public override WebhookError? Check(string? secret, string member = "secret")
        {
            if (string.IsNullOrEmpty(secret))
            {
                return new(member, "secret.empty", "a secret is required.");
            }

            if (secret.Length > MaxLength)
            {
                return new(member, "secret.length", $"a secret has at most {MaxLength} characters.");
            }

            return secret.Any(c => c is < ' ' or > '~') || secret[0] == ' ' || secret[^1] == ' '
                ? new(member, "secret.alphabet", "a secret is printable ASCII with no space at either end.")
                : null;
        }

        private protected override SigningKey ParseChecked(string secret) => SigningKey.FromText(secret);
    }

    private sealed class NoFormat : SecretFormat
    {
        public override bool HasSecret => false;

        public override string Generate() => string.Empty;

        public override WebhookError? Check(string? secret, string member = "secret") =>
            string.IsNullOrEmpty(secret) ? null : new(member, "secret.unused", "this profile is not signed and takes no secret.");

        private protected override SigningKey ParseChecked(string secret) => new(secret, []);
    }
}
