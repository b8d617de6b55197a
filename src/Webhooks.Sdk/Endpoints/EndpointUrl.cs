using System.Net;
using System.Text.RegularExpressions;

namespace Webhooks.Sdk.Endpoints;

/// <summary>
/// Checks a URL that a stranger typed in, at registration. The characters are judged before <see cref="Uri"/> sees them, because it repairs
/// what it should refuse: it turns <c>\</c> into <c>/</c>, full-width digits into digits and <c>//host</c> into a file. The address itself is
/// judged again at every connect.
/// </summary>
public static partial class EndpointUrl
{
    /// <summary>The longest URL, in characters.</summary>
    public const int MaxLength = 2048;

    private static readonly string[] LocalSuffixes = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];

    /// <summary>Returns the URL when it may be registered, else the broken rule.</summary>
    public static (Uri? Url, WebhookError? Error) Parse(string? text, EndpointUrlRule rule, AddressRules addresses)
    {
        if (CheckText(text) is { } textError)
        {
            return (null, textError);
        }

        var match = Shape().Match(text!);
        if (!match.Success)
        {
            return Refuse("url.not_absolute", "it must be an absolute URL such as https://example.com/hooks.");
        }

        var scheme = match.Groups["scheme"].Value.ToLowerInvariant();
        if (scheme is not ("https" or "http"))
        {
            return Refuse("url.scheme", $"the scheme '{scheme}' is not allowed; use https.");
        }

        if (scheme == "http" && rule == EndpointUrlRule.HttpsOnly && !addresses.AllowsPrivateNetworks)
        {
            return Refuse("url.scheme", "it must start with https:// so that nobody on the way can read it.");
        }

        var authority = match.Groups["authority"].Value;
        if (authority.Contains('@'))
        {
            return Refuse("url.userinfo", "it must not hold a user name or password; use a custom header instead.");
        }

        if (text!.Contains('#'))
        {
            return Refuse("url.fragment", "it must not hold a fragment ('#'): it would never be sent.");
        }

        if (CheckAuthority(authority) is { } authorityError)
        {
            return (null, authorityError);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != scheme || url.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            return Refuse("url.not_absolute", "it is not a well-formed URL.");
        }

        return CheckHost(url, authority, addresses) is { } hostError ? (null, hostError) : (url, null);
    }

    private static WebhookError? CheckText(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Error("url.empty", "must not be empty.");
        }

        if (text.Length > MaxLength)
        {
            return Error("url.too_long", $"has {text.Length} characters; at most {MaxLength} are allowed.");
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) || char.IsWhiteSpace(c))
            {
                return Error("url.white_space", $"holds white space or a control character (U+{(int)c:X4}) at position {i}.");
            }

            if (c == '\\')
            {
                return Error("url.backslash", $"holds a backslash at position {i}.");
            }
        }

        return null;
    }

    private static WebhookError? CheckAuthority(string authority)
    {
        var (host, port) = authority[0] == '['
            ? Split(authority, authority.IndexOf(']') + 1)
            : Split(authority, authority.LastIndexOf(':') is var colon and >= 0 ? colon : authority.Length);

        if (port.Length > 0 && (port.Length == 1 || !ushort.TryParse(port.AsSpan(1), System.Globalization.NumberStyles.None, null, out var number) || number == 0))
        {
            return Error("url.port", $"'{port}' is not a port from 1 to 65535.");
        }

        if (host.StartsWith('['))
        {
            return host.Contains('%') ? Error("url.scope_id", $"the address '{host}' names a network interface of the sender.") : null;
        }

        // IDN letters are fine; other scripts' digits and full stops are not, because they normalise to ASCII ones (①②⑦.⓪.⓪.① is 127.0.0.1).
        foreach (var rune in host.EnumerateRunes())
        {
            if (!rune.IsAscii && !System.Text.Rune.IsLetter(rune) && System.Text.Rune.GetUnicodeCategory(rune) is not
                (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark))
            {
                return Error("url.host_character", $"the host holds U+{rune.Value:X4}, which is not a letter.");
            }

            if (rune.IsAscii && !char.IsAsciiLetterOrDigit((char)rune.Value) && rune.Value is not ('.' or '-' or '_'))
            {
                return Error("url.host_character", $"the host holds '{rune}', which no host name has.");
            }

            // Letters that compatibility mapping turns into ASCII (ⓛⓞⓒⓐⓛ, ｌｏｃａｌ, ℡) spell another host than the reader sees.
            if (!rune.IsAscii && rune.ToString().Normalize(System.Text.NormalizationForm.FormKC).Any(char.IsAscii))
            {
                return Error("url.host_character", $"the host holds U+{rune.Value:X4}, which only looks like an ASCII letter.");
            }
        }

        return null;

        static (string, string) Split(string text, int at) => (text[..at], text[at..]);
    }

    private static WebhookError? CheckHost(Uri url, string authority, AddressRules addresses)
    {
        if (AsciiHost(url) is not { } host)
        {
            return Error("url.host_character", "the host has no ASCII form.");
        }

        if (url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            var address = IPAddress.Parse(host);
            if (url.HostNameType == UriHostNameType.IPv4 && !Same(authority, address.ToString()))
            {
                return Error("url.host_number", $"a host spelled as a number must be canonical: {address}.");
            }

            return addresses.Allows(host, address) ? null : Error("url.private_address",
                $"{address} is not a public address. To allow it: AllowPrivateNetworks() or NetworkOptions.AllowedNetworks.");
        }

        if (LooksLikeNumber(host))
        {
            return Error("url.host_number", $"'{host}' is neither a canonical IPv4 address nor a host name.");
        }

        if (addresses.AllowsPrivateNetworks || addresses.AllowsHost(host))
        {
            return null;
        }

        var name = host.TrimEnd('.').ToLowerInvariant();
        return !name.Contains('.') || LocalSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal))
            ? Error("url.local_name", $"'{host}' is a name of a local network. To allow it: NetworkOptions.AllowedHosts.")
            : null;
    }

    // IdnHost has no Try form: for letters that IDN forbids it throws.
    private static string? AsciiHost(Uri url)
    {
        try
        {
            return url.IdnHost.All(char.IsAscii) ? url.IdnHost : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static bool Same(string authority, string address) =>
        authority == address || (authority.StartsWith(address, StringComparison.Ordinal) && authority[address.Length] == ':');

    // WHATWG's rule: a host whose last label is a number is an IPv4 address or nothing.
    private static bool LooksLikeNumber(string host)
    {
        var last = host.TrimEnd('.').Split('.')[^1];
        return last.All(char.IsAsciiDigit) || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last[2..].All(char.IsAsciiHexDigit));
    }

    private static (Uri?, WebhookError?) Refuse(string rule, string message) => (null, Error(rule, message));

    private static WebhookError Error(string rule, string message) => new("url", rule, message);

    [GeneratedRegex("^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/?#]+)(?<rest>[/?#].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
