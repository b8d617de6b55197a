using System.Globalization;

namespace Webhooks.Sdk.Signing;

/// <summary>Seconds since 1970 as a header value. The last second's string is kept: thousands of requests share it.</summary>
internal static class UnixTimeText
{
    // Far beyond any clock, well inside DateTimeOffset's range.
    private const int MaxDigits = 11;

    private static Entry s_last = new(0, "0");

    private sealed record Entry(long Seconds, string Text);

    public static string Format(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        var last = Volatile.Read(ref s_last);
        if (last.Seconds != seconds)
        {
            last = new Entry(seconds, seconds.ToString(CultureInfo.InvariantCulture));
            Volatile.Write(ref s_last, last);
        }

        return last.Text;
    }

    /// <summary>Digits only: <c>long.TryParse</c> would also take a sign, white space and a trailing NUL.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is 0 or > MaxDigits || text.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    // Two times always have a difference, but a time minus a generous tolerance may lie before the first year.
    // Compared as spans: now plus a tolerance without limit would leave the calendar.
    public static VerificationFailure Check(DateTimeOffset time, in ReceivedMessage request) =>
        request.Now - time > request.Tolerance ? VerificationFailure.TimestampTooOld
        : time - request.Now > request.Tolerance ? VerificationFailure.TimestampTooNew
        : VerificationFailure.None;
}
