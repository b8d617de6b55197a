using System.Security.Cryptography;

namespace Webhooks.Sdk.Dashboard.Assets;

/// <summary>A file of this package. Its version is made from its bytes, so a browser may keep it for good.</summary>
internal sealed class DashboardAsset(string name, string contentType, byte[] bytes)
{
    public string Name => name;

    public string ContentType => contentType;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
}
