using System.Security.Cryptography;

namespace Webhooks.Sdk.Signing;

/// <summary>
/// One header with the lowercase hex HMAC-SHA256 of the raw body, after an optional prefix (<c>sha256=</c>). There is always exactly one
/// signature: during a rotation the newest key signs.
/// </summary>
/// <param name="header">The header's name, for example <c>X-Hub-Signature-256</c>.</param>
/// <param name="prefix">What stands before the hex digits; empty by default.</param>
public sealed class HexHmacSigner(string header, string prefix = "") : IWebhookSigner
{
    private const int MacBytes = 32;

    /// <inheritdoc/>
    public SecretFormat SecretFormat => SecretFormat.Text;

    /// <inheritdoc/>
    public IReadOnlyList<string> HeaderNames { get; } = [header];

    /// <inheritdoc/>
    public void Sign(in WebhookMessage message, ReadOnlySpan<SigningKey> keys, WebhookHeaders headers)
    {
        Span<byte> mac = stackalloc byte[MacBytes];
        keys[0].HmacSha256([], message.Body, mac);
        headers.AddTrusted(header, prefix + Convert.ToHexStringLower(mac));
    }

    /// <inheritdoc/>
    public WebhookVerification Verify(in ReceivedMessage request, ReadOnlySpan<SigningKey> keys)
    {
        var value = request.Header(header);
        if (string.IsNullOrEmpty(value))
        {
            return WebhookVerification.Refused(VerificationFailure.MissingHeader);
        }

        Span<byte> given = stackalloc byte[MacBytes];
        if (value.Length != prefix.Length + (2 * MacBytes) || !value.StartsWith(prefix, StringComparison.Ordinal)
            || Convert.FromHexString(value.AsSpan(prefix.Length), given, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return WebhookVerification.Refused(VerificationFailure.MalformedHeader);
        }

        Span<byte> expected = stackalloc byte[MacBytes];
        var match = false;
        foreach (var key in keys)
        {
            key.HmacSha256([], request.Body, expected);
            match |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return new(match ? VerificationFailure.None : VerificationFailure.NoMatchingSignature);
    }
}
