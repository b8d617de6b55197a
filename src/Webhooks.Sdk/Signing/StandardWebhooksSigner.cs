using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.Signing;

/// <summary>Standard Webhooks 1.0, version <c>v1</c>: HMAC-SHA256 over <c>{id}.{timestamp}.{body}</c>. During a rotation every active key signs.</summary>
public sealed class StandardWebhooksSigner : IWebhookSigner
{
    private const string IdHeader = "webhook-id";
    private const string TimestampHeader = "webhook-timestamp";
    private const string SignatureHeader = "webhook-signature";
    private const string Version = "v1,";
    private const int MacBytes = 32;
    private const int EntryLength = 3 + 44;

    // More entries than any rotation has; a longer list only costs the receiver time.
    private const int MaxEntries = 16;

    /// <inheritdoc/>
    public SecretFormat SecretFormat => SecretFormat.Standard;

    /// <inheritdoc/>
    public IReadOnlyList<string> HeaderNames { get; } = [IdHeader, TimestampHeader, SignatureHeader];

    /// <inheritdoc/>
    public void Sign(in WebhookMessage message, ReadOnlySpan<SigningKey> keys, WebhookHeaders headers)
    {
        var timestamp = UnixTimeText.Format(message.Timestamp);
        Span<char> signatures = stackalloc char[keys.Length * (EntryLength + 1)];
        Span<byte> mac = stackalloc byte[MacBytes];
        Span<byte> buffer = stackalloc byte[Identifiers.MaxLength + 32];
        var prefix = Prefix(message.Id, timestamp, buffer);

        var length = 0;
        foreach (var key in keys)
        {
            key.HmacSha256(prefix, message.Body, mac);
            if (length > 0)
            {
                signatures[length++] = ' ';
            }

            Version.CopyTo(signatures[length..]);
            Convert.TryToBase64Chars(mac, signatures[(length + Version.Length)..], out _);
            length += EntryLength;
        }

        headers.AddTrusted(IdHeader, message.Id);
        headers.AddTrusted(TimestampHeader, timestamp);
        headers.AddTrusted(SignatureHeader, new string(signatures[..length]));
    }

    /// <inheritdoc/>
    public WebhookVerification Verify(in ReceivedMessage request, ReadOnlySpan<SigningKey> keys)
    {
        var id = request.Header(IdHeader);
        var timestamp = request.Header(TimestampHeader);
        var signatures = request.Header(SignatureHeader);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
        {
            return WebhookVerification.Refused(VerificationFailure.MissingHeader);
        }

        if (Identifiers.CheckMessageId(IdHeader, id) is not null)
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

        Span<byte> buffer = stackalloc byte[Identifiers.MaxLength + 32];
        return Matches(signatures, Prefix(id, timestamp, buffer), request.Body, keys) switch
        {
            VerificationFailure.None => new(VerificationFailure.None, id, time),
            var failure => WebhookVerification.Refused(failure),
        };
    }

    private static VerificationFailure Matches(ReadOnlySpan<char> signatures, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, ReadOnlySpan<SigningKey> keys)
    {
        Span<byte> expected = stackalloc byte[keys.Length * MacBytes];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i].HmacSha256(prefix, body, expected.Slice(i * MacBytes, MacBytes));
        }

        Span<byte> given = stackalloc byte[MacBytes];
        var (seen, wellFormed, match) = (0, false, false);
        foreach (var range in signatures.Split(' '))
        {
            if (++seen > MaxEntries)
            {
                break;
            }

            var entry = signatures[range];
            if (entry.Length != EntryLength || !entry.StartsWith(Version, StringComparison.Ordinal)
                || !Base64.IsValid(entry[Version.Length..], out var bytes) || bytes != MacBytes
                || !Convert.TryFromBase64Chars(entry[Version.Length..], given, out _))
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

    private static ReadOnlySpan<byte> Prefix(string id, string timestamp, Span<byte> buffer)
    {
        var length = Encoding.UTF8.GetBytes(id, buffer);
        buffer[length++] = (byte)'.';
        length += Encoding.UTF8.GetBytes(timestamp, buffer[length..]);
        buffer[length++] = (byte)'.';
        return buffer[..length];
    }
}
