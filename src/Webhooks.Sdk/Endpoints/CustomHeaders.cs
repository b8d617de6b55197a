using System.Buffers;

namespace Webhooks.Sdk.Endpoints;

/// <summary>The rules of headers that a subscriber adds to its deliveries.</summary>
public static class CustomHeaders
{
    /// <summary>The longest value, in characters.</summary>
    public const int MaxValueLength = 4096;

    private const int MaxNameLength = 128;

    // RFC 9110 §5.6.2
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What HTTP itself or the sender sets, and what would carry one party's session or trace to another.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Transfer-Encoding", "Connection", "Keep-Alive", "Expect", "TE", "Trailer", "Upgrade", "Cookie", "Set-Cookie", "User-Agent",
        "traceparent", "tracestate", "baggage", "Date", "Via",
    };

    private static readonly string[] ReservedPrefixes = ["Content-", "Proxy-"];
    private static readonly string[] FormatPrefixes = ["webhook-", "ce-"];

    /// <summary>Says what is wrong with one header; null when it is fine.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="profileHeaders">The names that the subscription's profile sends itself.</param>
    public static WebhookError? Check(string name, string? value, IReadOnlyCollection<string> profileHeaders)
    {
        if (CheckForm(name, value ?? "") is { } error)
        {
            return error;
        }

        if (HasPrefix(name, FormatPrefixes) || profileHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return Taken(name);
        }

        if (value is null || value.Length > MaxValueLength)
        {
            return new(Member(name), "header.too_long", $"a value is required and has at most {MaxValueLength} characters.");
        }

        return FitsHttp(name, value) ? null : new(Member(name), "header.value", "HTTP defines this header, and this is not a value that it may have.");
    }

    /// <summary>The rules that hold for a header of an envelope or signer too. No message repeats the value: it may be a secret.</summary>
    internal static WebhookError? CheckForm(string name, string value)
    {
        if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            return new(Member(name), "header.name", $"a header name has 1 to {MaxNameLength} letters, digits or !#$%&'*+-.^_`|~.");
        }

        if (Reserved.Contains(name) || HasPrefix(name, ReservedPrefixes))
        {
            return Taken(name);
        }

        return value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? new(Member(name), "header.value", "a value holds printable ASCII only, no line breaks.")
            : null;
    }

    // What the sender would refuse at every attempt is refused when it is registered. HTTP has a grammar for some names (If-Match, Expires, …).
    private static bool FitsHttp(string name, string value)
    {
        using var message = new HttpRequestMessage();
        try
        {
            message.Headers.Add(name, value);
            return true;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool HasPrefix(string name, string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static WebhookError Taken(string name) => new(Member(name), "header.reserved", "this header is set by the sender or by HTTP itself.");

    private static string Member(string name) => $"headers.{new string([.. name.Where(c => c is > ' ' and < '\x7f').Take(64)])}";
}
