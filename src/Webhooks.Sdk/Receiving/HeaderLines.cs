using System.Text;

namespace Webhooks.Sdk.Receiving;

/// <summary>Request headers as lines of <c>name: value</c>; neither can hold a line break, because HTTP has already split them.</summary>
internal static class HeaderLines
{
    public static string Write(IReadOnlyDictionary<string, string> headers)
    {
        var lines = new StringBuilder();
        foreach (var (name, value) in headers)
        {
            lines.Append(name).Append(": ").Append(value).Append('\n');
        }

        return lines.ToString();
    }

    public static Dictionary<string, string> Read(string lines)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 2)..];
        }

        return headers;
    }
}
