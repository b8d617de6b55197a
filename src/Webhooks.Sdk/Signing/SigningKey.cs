using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.Signing;

/// <summary>A parsed secret. Keeps its keyed HMAC state between uses, which halves the cost of a signature. Never prints itself.</summary>
public sealed class SigningKey
{
    private readonly byte[] _key;
    private IncrementalHash? _idle;

    internal SigningKey(string secret, byte[] key)
    {
        Secret = secret;
        _key = key;
    }

    /// <summary>A key from a secret's own text, as UTF-8.</summary>
    public static SigningKey FromText(string secret) => new(secret, Encoding.UTF8.GetBytes(secret));

    internal string Secret { get; }

    /// <summary>HMAC-SHA256 over two parts, as if they were one.</summary>
    /// <param name="first">What stands before the body; may be empty.</param>
    /// <param name="second">The body.</param>
    /// <param name="mac">Receives 32 bytes.</param>
    public void HmacSha256(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> mac)
    {
        var hash = Interlocked.Exchange(ref _idle, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.GetHashAndReset(mac);

        // A second thread at the same time made its own state; one is kept.
        Interlocked.Exchange(ref _idle, hash)?.Dispose();
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => "SigningKey";
}
