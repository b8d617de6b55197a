using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.Signing;

/// <summary>
/// Stripe's format: one header <c>t=&lt;unix&gt;,v1=&lt;hex&gt;</c>, the HMAC-SHA256 of <c>{t}.{body}</c>, one <c>v1</c> per active key.
/// The key is the whole secret as text.
/// </summary>
/// <param name="header">The header's name, for example <c>Stripe-Signature</c>.</param>
public sealed class TimestampedHmacSigner(string header) : IWebhookSigner
{
    private const int MacBytes = 32;
    private const int MaxEntries = 16;

    /// <inheritdoc/>
    public SecretFormat SecretFormat => SecretFormat.Text;

    /// <inheritdoc/>
    public IReadOnlyList<string> HeaderNames { get; } = [header];

    /// <inheritdoc/>
    public void Sign(in WebhookMessage message, ReadOnlySpan<SigningKey> keys, WebhookHeaders headers)
    {
        var timestamp = UnixTimeText.Format(message.Timestamp);
        Span<byte> mac = stackalloc byte[MacBytes];
        Span<byte> buffer = stackalloc byte[32];
        var prefix = Prefix(timestamp, buffer);
        var value = new StringBuilder("t=", 160).Append(timestamp);
        foreach (var key in keys)
        {
            key.HmacSha256(prefix, message.Body, mac);
            value.Append(",v1=").Append(Convert.ToHexStringLower(mac));
        }

        headers.AddTrusted(header, value.ToString());
    }

    /// <inheritdoc/>
    public WebhookVerification Verify(in ReceivedMessage request, ReadOnlySpan<SigningKey> keys)
    {
        ReadOnlySpan<char> value = request.Header(header);
        if (value.IsEmpty)
        {
            return WebhookVerification.Refused(VerificationFailure.MissingHeader);
        }

        ReadOnlySpan<char> timestamp = default;
        var seen = 0;
        foreach (var range in value.Split(','))
        {
            var item = value[range];
            if (++seen > MaxEntries)
            {
                break;
            }

            if (item.StartsWith("t=", StringComparison.Ordinal) && timestamp.IsEmpty)
            {
                timestamp = item[2..];
            }
        }

        if (timestamp.IsEmpty)
        {
            return WebhookVerification.Refused(VerificationFailure.MalformedHeader);
        }

        if (!UnixTimeText.TryParse(timestamp, out var time))
        {
            return WebhookVerification.Refused(VerificationFailure.MalformedTimestamp);
        }

        if (UnixTimeText.Check(time, request) is var late and not VerificationFailure.None)
        {
            return WebhookVerification.Refused(late);
        }

        Span<byte> buffer = stackalloc byte[32];
        var failure = Matches(value, Prefix(timestamp, buffer), request.Body, keys);
        return failure == VerificationFailure.None ? new(failure, null, time) : WebhookVerification.Refused(failure);
    }

    private static VerificationFailure Matches(ReadOnlySpan<char> value, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, ReadOnlySpan<SigningKey> keys)
    {
        Span<byte> expected = stackalloc byte[keys.Length * MacBytes];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i].HmacSha256(prefix, body, expected.Slice(i * MacBytes, MacBytes));
        }

        Span<byte> given = stackalloc byte[MacBytes];
        var (seen, wellFormed, match) = (0, false, false);
        foreach (var range in value.Split(','))
        {
            var item = value[range];
            if (++seen > MaxEntries)
            {
                break;
            }

            if (item.Length != 3 + (2 * MacBytes) || !item.StartsWith("v1=", StringComparison.Ordinal)
                || Convert.FromHexString(item[3..], given, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                continue;
            }

            wellFormed = true;
            for (var i = 0; i < keys.Length; i++)
            {
                match |= CryptographicOperations.FixedTimeEquals(expected.Slice(i * MacBytes, MacBytes), given);
            }
        }

        return match ? VerificationFailure.None : wellFormed ? VerificationFailure.NoMatchingSignature : VerificationFailure.MalformedHeader;
    }

    private static ReadOnlySpan<byte> Prefix(ReadOnlySpan<char> timestamp, Span<byte> buffer)
    {
        var length = Encoding.ASCII.GetBytes(timestamp, buffer);
        buffer[length++] = (byte)'.';
        return buffer[..length];
    }
}
