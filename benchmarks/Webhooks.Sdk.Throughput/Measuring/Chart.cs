using System.Globalization;
using System.Net;
using System.Text;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>Deliveries a second of each variant as bars in an SVG, with the least and the most that was seen.</summary>
internal static class Chart
{
    private const string Line = ".deliveries_per_second";
    private const int Width = 900, Labels = 190, Row = 26, Top = 44;

    public static string Draw(IReadOnlyDictionary<string, Report.Figure> figures)
    {
        var bars = figures.Where(f => f.Key.EndsWith(Line, StringComparison.Ordinal)).OrderByDescending(f => f.Value.Median).ToList();
        var most = bars.Select(b => b.Value.Most).DefaultIfEmpty(1).Max();
        var svg = new StringBuilder();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Top + (bars.Count * Row) + 10}" font-family="sans-serif" font-size="13">""");
        Add(svg, $"""<rect width="100%" height="100%" fill="white"/><text x="10" y="24" font-size="15">deliveries a second: median, least and most</text>""");
        for (var i = 0; i < bars.Count; i++)
        {
            var (name, (median, least, highest)) = bars[i];
            var y = Top + (i * Row);
            Add(svg, $"""<text x="{Labels - 8}" y="{y + 14}" text-anchor="end">{WebUtility.HtmlEncode(name[..^Line.Length])}</text>""");
            Add(svg, $"""<rect x="{Labels}" y="{y + 2}" width="{Long(median):0}" height="16" fill="#4878a8"/>""");
            Add(svg, $"""<path d="M{Labels + Long(least):0} {y + 10}H{Labels + Long(highest):0}" stroke="#222" stroke-width="2"/>""");
            Add(svg, $"""<text x="{Labels + Long(highest) + 6:0}" y="{y + 14}">{median:0}</text>""");
        }

        return svg.Append("</svg>\n").ToString();

        double Long(double value) => value / most * (Width - Labels - 80);
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));
}
