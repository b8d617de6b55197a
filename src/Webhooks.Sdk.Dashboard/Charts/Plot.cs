using System.Globalization;
using System.Text;
using Webhooks.Sdk.Dashboard.Rendering;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Charts;

/// <summary>The ground of a chart: a grid with a few lines, the words at its edges, and how values become places.</summary>
internal sealed class Plot(int steps, double max)
{
    private static readonly double[] RoundNumbers = [1, 2, 4, 5, 10];

    private const int Width = 340;
    private const int Height = 132;
    private const int Left = 48;
    private const int Right = 6;
    private const int Top = 8;
    private const int Bottom = 20;

    public double StepWidth => (double)(Width - Left - Right) / steps;

    public double X(double step) => Left + (step * StepWidth);

    public double Y(double value) => Top + ((Height - Top - Bottom) * (1 - (Math.Min(value, max) / max)));

    /// <summary>The smallest of 1, 2, 4, 5, 10, 20… that holds the value, so that the axis has round numbers.</summary>
    public static double RoundUp(double value)
    {
        if (value <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return RoundNumbers.Select(f => f * power).First(v => v >= value - 1e-9);
    }

    public Markup Draw(string description, Func<double, string> label, TimeSpan period, Markup content) => Html($"""
        <svg class="plot" role="img" viewBox="0 0 {Width} {Height}" aria-label="{description}">
        {Each([0d, max / 2, max], v => Html($"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{Y(v)}" y2="{Y(v)}"/><text class="y" x="{Left - 6}" y="{Y(v) + 4}">{label(v)}</text>"""))}
        <text class="x start" x="{Left}" y="{Height - 4}">{Texts.Duration(period)} ago</text><text class="x end" x="{Width - Right}" y="{Height - 4}">now</text>
        {content}
        </svg>
        """);

    /// <summary>A line through the middles of the steps, broken where there is no value.</summary>
    public string Line(IEnumerable<double?> values)
    {
        var path = new StringBuilder();
        var isDown = false;
        foreach (var (i, value) in values.Index())
        {
            if (value is { } v)
            {
                // A point that stands alone is drawn as a short dash: a path of one point would be invisible.
                path.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{X(i + 0.5):0.#} {Y(v):0.#}{(isDown ? "" : "h.1")}");
            }

            isDown = value is not null;
        }

        return path.ToString();
    }
}
