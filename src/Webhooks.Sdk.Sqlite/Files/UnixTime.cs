namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>Times and durations as the tables keep them: whole microseconds, times since 1970 in UTC.</summary>
internal static class UnixTime
{
    public static long ToMicroseconds(this DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long ToMicroseconds(this TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(this long microseconds) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static TimeSpan ToDuration(this long microseconds) => new(microseconds * TimeSpan.TicksPerMicrosecond);
}
