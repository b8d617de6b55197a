namespace Webhooks.Sdk.PostgreSql.Connections;

/// <summary>
/// Delays travel as microseconds. An <c>interval</c> may hold days, and a day is 23 or 25 hours when the server's time zone changes its clocks.
/// </summary>
internal static class DelayMicroseconds
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public static long ToMicroseconds(TimeSpan delay) => (delay < Longest ? delay : Longest).Ticks / TimeSpan.TicksPerMicrosecond;

    public static TimeSpan FromMicroseconds(long microseconds) => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
