using System.Text;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>One request as it lay on the wire.</summary>
internal sealed record RawRequest(string Head, byte[] Body)
{
    public string RequestLine => Head.Split("\r\n")[0];

    /// <summary>The values of a header, in order; names compare as HTTP says.</summary>
    public string[] Header(string name) =>
        [.. Head.Split("\r\n").Skip(1).Where(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(l => l[(name.Length + 1)..].Trim())];

    public string[] HeaderNames => [.. Head.Split("\r\n").Skip(1).Where(l => l.Length > 0).Select(l => l.Split(':')[0].ToLowerInvariant())];

    public string Text => Encoding.UTF8.GetString(Body);
}
