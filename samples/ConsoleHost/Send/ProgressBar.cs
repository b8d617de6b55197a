using System.Diagnostics;
using System.Globalization;

namespace ConsoleHost.Send;

/// <summary>The last line of a terminal while many events are sent. There is none in a file or a pipe.</summary>
internal sealed class ProgressBar
{
    private const int Width = 30;
    private const string ClearLine = "\r\e[2K";

    private readonly int _total;
    private readonly long _started = Stopwatch.GetTimestamp();

    private ProgressBar(int total)
    {
        _total = total;
    }

    public static ProgressBar? For(int total) => total > 1 && !Console.IsOutputRedirected ? new(total) : null;

    public void Clear() => Console.Write(ClearLine);

    public void Draw(int delivered, int failed)
    {
        var done = delivered + failed;
        var full = (int)((long)Width * done / _total);
        var perSecond = done / Math.Max(0.001, Stopwatch.GetElapsedTime(_started).TotalSeconds);
        Console.Write(string.Create(CultureInfo.InvariantCulture,
            $"[{new string('█', full)}{new string('░', Width - full)}] {done}/{_total}, {failed} failed, {perSecond:0}/s"));
    }
}
