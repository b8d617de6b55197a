using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Deliveries;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Charts;

/// <summary>Rate, success and latency side by side, and the same numbers as a table for those who cannot see, or want to copy, them.</summary>
internal static class ActivityCharts
{
    public static Markup Of(Activity activity) => Html($"""
        <div class="panels" id="charts" data-live>
        {Panel("Deliveries", Texts.Number(activity.Delivered), activity.Failed == 0 ? "no failed attempts" : Texts.Plural(activity.Failed, "failed attempt"), Rate(activity))}
        {Panel("Success", activity.Attempts == 0 ? "–" : Texts.Percent(activity.Delivered, activity.Attempts), "of attempts", Success(activity))}
        {Panel("Latency", Quantile(activity.Durations, 0.5), $"median, 95 % within {Quantile(activity.Durations, 0.95)}", Latency(activity))}
        </div>
        <div id="numbers" data-live>{When(activity.Attempts > 0, Table(activity))}</div>
        """);

    private static Markup Panel(string title, string figure, string note, Markup chart) => Html($"""
        <figure class="panel card"><figcaption><h3>{title}</h3><p><strong>{figure}</strong> <span>{note}</span></p></figcaption>{chart}</figure>
        """);

    private static Markup Rate(Activity activity)
    {
        var plot = new Plot(activity.Steps.Count, Plot.RoundUp(Math.Max(2, activity.Steps.Max(s => s.Attempts))));
        return plot.Draw(HealthChart.Describe(activity), Compact, activity.Period, Each(activity.Steps.Index(), s => Html(
            $"{Bar(plot, "ok", s.Index, 0, s.Item.Delivered)}{Bar(plot, "bad", s.Index, s.Item.Delivered, s.Item.Attempts)}")));
    }

    private static Markup Success(Activity activity)
    {
        var plot = new Plot(activity.Steps.Count, 100);
        var line = plot.Line(activity.Steps.Select(s => s.Attempts == 0 ? (double?)null : 100d * s.Delivered / s.Attempts));
        var description = activity.Attempts == 0 ? "No attempts." : $"{Texts.Percent(activity.Delivered, activity.Attempts)} of the attempts in {activity.PeriodText} succeeded.";
        return plot.Draw(description, v => FormattableString.Invariant($"{v:0} %"), activity.Period, Html($"""<path class="line ok" d="{line}"/>"""));
    }

    private static Markup Latency(Activity activity)
    {
        var slowest = activity.Steps.Max(s => s.Durations.Quantile(0.95)?.TotalMilliseconds ?? 0);
        var plot = new Plot(activity.Steps.Count, Plot.RoundUp(Math.Max(10, slowest)));
        Markup Line(double share, string name) =>
            Html($"""<path class="line {name}" d="{plot.Line(activity.Steps.Select(s => s.Durations.Quantile(share)?.TotalMilliseconds))}"/>""");
        var description = activity.Attempts == 0 ? "No attempts."
            : $"Half of the answers came within {Quantile(activity.Durations, 0.5)}, 95 percent within {Quantile(activity.Durations, 0.95)}.";
        return plot.Draw(description, v => v > 0 ? Texts.Duration(TimeSpan.FromMilliseconds(v)) : "0", activity.Period,
            Html($"{Line(0.95, "slow")}{Line(0.5, "median")}"));
    }

    private static Markup Bar(Plot plot, string name, int step, long from, long to) => When(to > from, Html($"""
        <rect class="{name}" x="{plot.X(step + 0.12)}" width="{plot.StepWidth * 0.76}" y="{plot.Y(to)}" height="{Math.Max(1, plot.Y(from) - plot.Y(to))}"/>
        """));

    private static Markup Table(Activity activity) => Html($"""
        <details class="numbers"><summary>Show the numbers</summary>
        <div class="scroll" role="region" aria-label="Numbers of the charts" tabindex="0"><table>
        <caption class="hidden">Attempts in {activity.PeriodText}</caption>
        <thead><tr><th scope="col">From</th><th scope="col">Delivered</th><th scope="col">Failed</th><th scope="col">Success</th><th scope="col">Median</th><th scope="col">95 % within</th></tr></thead>
        <tbody>{Each(activity.Steps.Where(s => s.Attempts > 0).Reverse(), s => Html($"""
            <tr><th scope="row">{Texts.Time(s.Start)}</th><td>{Texts.Number(s.Delivered)}</td><td>{Texts.Number(s.Failed)}</td><td>{Texts.Percent(s.Delivered, s.Attempts)}</td><td>{Quantile(s.Durations, 0.5)}</td><td>{Quantile(s.Durations, 0.95)}</td></tr>
            """))}</tbody>
        </table></div></details>
        """);

    private static string Quantile(DurationHistogram durations, double share) => durations.Quantile(share) is { } duration ? Texts.Duration(duration) : "–";

    private static string Compact(double value) => value switch
    {
        >= 1_000_000 => FormattableString.Invariant($"{value / 1_000_000:0.#} M"),
        >= 1_000 => FormattableString.Invariant($"{value / 1_000:0.#} k"),
        _ => FormattableString.Invariant($"{value:0.#}"),
    };
}
