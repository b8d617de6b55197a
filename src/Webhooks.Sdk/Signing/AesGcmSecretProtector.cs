using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.Signing;

/// <summary>
/// AES-256-GCM with a key that the host keeps. Stored as <c>aes1:</c> and the base64 of key id, nonce, tag and cipher text. Several keys may be
/// given so that old rows stay readable after a change of key; the first one encrypts.
/// </summary>
public sealed class AesGcmSecretProtector : IWebhookSecretProtector
{
    private const string Prefix = "aes1:";
    private const int KeyBytes = 32;
    private const int KeyIdBytes = 4;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly (byte[] Id, byte[] Key)[] _keys;

    /// <summary>Creates the protector; each key has 32 random bytes, the first one encrypts.</summary>
    public AesGcmSecretProtector(params IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0 || keys.Any(k => k.Length != KeyBytes))
        {
            throw new ArgumentException($"Give at least one key, each of {KeyBytes} bytes (RandomNumberGenerator.GetBytes({KeyBytes})).", nameof(keys));
        }

        _keys = [.. keys.Select(k => (SHA256.HashData(k)[..KeyIdBytes], k.ToArray()))];
    }

    /// <inheritdoc/>
    public string Protect(string secret)
    {
        var (id, key) = _keys[0];
        var plain = Encoding.UTF8.GetBytes(secret);
        var stored = new byte[KeyIdBytes + NonceBytes + TagBytes + plain.Length];
        id.CopyTo(stored, 0);
        var nonce = stored.AsSpan(KeyIdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, stored.AsSpan(KeyIdBytes + NonceBytes + TagBytes), stored.AsSpan(KeyIdBytes + NonceBytes, TagBytes));
        return Prefix + Convert.ToBase64String(stored);
    }

    /// <inheritdoc/>
    public string Unprotect(string stored)
    {
        if (!stored.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new WebhookException("A stored secret is not encrypted, but AesGcmSecretProtector is configured. Rotate the subscription's secret.");
        }

        try
        {
            var bytes = Convert.FromBase64String(stored[Prefix.Length..]);
            foreach (var (id, key) in _keys)
            {
                if (bytes.AsSpan().StartsWith(id))
                {
                    var plain = new byte[bytes.Length - KeyIdBytes - NonceBytes - TagBytes];
                    using var aes = new AesGcm(key, TagBytes);
                    aes.Decrypt(bytes.AsSpan(KeyIdBytes, NonceBytes), bytes.AsSpan(KeyIdBytes + NonceBytes + TagBytes), bytes.AsSpan(KeyIdBytes + NonceBytes, TagBytes), plain);
                    return Encoding.UTF8.GetString(plain);
                }
            }
        }
        catch (Exception e) when (e is CryptographicException or FormatException or OverflowException or ArgumentException)
        {
            throw new WebhookException("A stored secret was changed or damaged and cannot be decrypted. Rotate the subscription's secret.", e);
        }

        throw new WebhookException("A stored secret was encrypted with a key that AesGcmSecretProtector was not given. Add the old key after the new one.");
    }
}
