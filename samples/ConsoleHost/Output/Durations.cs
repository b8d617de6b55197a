using System.Globalization;

namespace ConsoleHost.Output;

/// <summary>Time spans for people.</summary>
internal static class Durations
{
    /// <summary><c>75 h 35 m 5 s</c>, <c>12.5 ms</c>, <c>0 s</c>.</summary>
    public static string Text(TimeSpan span)
    {
        if (span > TimeSpan.Zero && span < TimeSpan.FromSeconds(1))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.#} ms");
        }

        if (span < TimeSpan.FromMinutes(1))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s");
        }

        string[] parts = [Part((int)span.TotalHours, "h"), Part(span.Minutes, "m"), Part(span.Seconds, "s")];
        return string.Join(' ', parts.Where(p => p.Length > 0));

        static string Part(int count, string unit) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count} {unit}");
    }
}
