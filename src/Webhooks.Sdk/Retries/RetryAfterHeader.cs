using System.Globalization;

namespace Webhooks.Sdk.Retries;

/// <summary>Reads <c>Retry-After</c> (RFC 9110 §10.2.3): whole seconds or an HTTP date. Anything else is as good as absent.</summary>
internal static class RetryAfterHeader
{
    // RFC 9110 §5.6.7: the preferred form and the two obsolete ones that a recipient must accept.
    private static readonly string[] DateFormats = ["ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    public static TimeSpan? Parse(string? header, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(header))
        {
            return null;
        }

        var text = header.AsSpan().Trim(' ');
        if (!text.ContainsAnyExceptInRange('0', '9'))
        {
            // More digits than a century of seconds: as long as the caller allows.
            return text.Length is 0 ? null : text.Length > 9 ? TimeSpan.FromDays(36_500) : TimeSpan.FromSeconds(int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            ? date - now
            : null;
    }
}
