using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.Signing;

/// <summary>Sends the secret itself in a header, so it only makes sense over https. During a rotation the newest secret is sent.</summary>
/// <param name="header">The header's name.</param>
public sealed class SecretHeaderSigner(string header) : IWebhookSigner
{
    /// <inheritdoc/>
    public SecretFormat SecretFormat => SecretFormat.Text;

    /// <inheritdoc/>
    public IReadOnlyList<string> HeaderNames { get; } = [header];

    /// <inheritdoc/>
    public void Sign(in WebhookMessage message, ReadOnlySpan<SigningKey> keys, WebhookHeaders headers) =>
        headers.AddTrusted(header, keys[0].Secret);

    /// <inheritdoc/>
    public WebhookVerification Verify(in ReceivedMessage request, ReadOnlySpan<SigningKey> keys)
    {
        var value = request.Header(header);
        if (string.IsNullOrEmpty(value))
        {
            return WebhookVerification.Refused(VerificationFailure.MissingHeader);
        }

        // Hashes of equal length are compared, so that not even the secret's length shows in the time taken.
        Span<byte> given = stackalloc byte[32];
        Span<byte> expected = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(value), given);
        var match = false;
        foreach (var key in keys)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), expected);
            match |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return new(match ? VerificationFailure.None : VerificationFailure.NoMatchingSignature);
    }
}
