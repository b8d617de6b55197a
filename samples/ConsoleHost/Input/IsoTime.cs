using System.CommandLine.Parsing;
using System.Globalization;

namespace ConsoleHost.Input;

/// <summary>A point in time as ISO 8601; without an offset it is UTC.</summary>
internal static class IsoTime
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd"];

    // Beyond these, adding a tolerance would leave the calendar.
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    public static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.Year is >= FirstYear and <= LastYear)
        {
            return time;
        }

        result.AddError($"'{text}' is not an ISO 8601 time such as 2026-04-24T14:30:00Z.");
        return null;
    }
}
