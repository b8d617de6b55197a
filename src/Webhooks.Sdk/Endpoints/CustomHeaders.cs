namespace Webhooks.Sdk.Endpoints;

/// <summary>The rules of headers that a subscriber adds to its deliveries.</summary>
public static class CustomHeaders
{
    /// <summary>The longest value, in characters.</summary>
    public const int MaxValueLength = 4096;

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Transfer-Encoding", "Connection", "Keep-Alive", "Expect", "TE", "Trailer", "Upgrade", "Cookie", "Set-Cookie", "User-Agent",
        "traceparent", "tracestate", "baggage", "Date", "Via",
    };

    private static readonly string[] ReservedPrefixes = ["Content-", "Proxy-", "webhook-", "ce-"];

    /// <summary>Says what is wrong with one header; null when it is fine.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="profileHeaders">The names that the subscription's profile sends itself.</param>
    public static WebhookError? Check(string name, string? value, IReadOnlyCollection<string> profileHeaders)
    {
        var member = $"headers.{new string([.. name.Where(c => c is > ' ' and < '\x7f').Take(64)])}";
        if (name.Length is 0 or > 128 || !name.All(IsTokenCharacter))
        {
            return new(member, "header.name", "a header name has 1 to 128 letters, digits or !#$%&'*+-.^_`|~.");
        }

        if (Reserved.Contains(name) || ReservedPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase))
            || profileHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return new(member, "header.reserved", "this header is set by the sender or by HTTP itself.");
        }

        if (value is null || value.Length > MaxValueLength)
        {
            return new(member, "header.too_long", $"a value is required and has at most {MaxValueLength} characters.");
        }

        return value.All(c => c is >= ' ' and < '\x7f') ? null : new(member, "header.value", "a value holds printable ASCII only, no line breaks.");
    }

    // RFC 9110 §5.6.2
    private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c);
}
