using Webhooks.Sdk.Dashboard.Rendering;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Charts;

/// <summary>A small chart for a line of a list: a bar for each step, failures hatched on top of what was delivered.</summary>
internal static class HealthChart
{
    private const int Bar = 5;
    private const int Gap = 2;
    private const int Height = 32;

    public static Markup Of(Activity activity)
    {
        var max = Math.Max(1, activity.Steps.Max(s => s.Attempts));
        var width = (activity.Steps.Count * (Bar + Gap)) - Gap;
        return Html($"""
            <svg class="health" role="img" viewBox="0 0 {width} {Height}" width="{width}" height="{Height}" aria-label="{Describe(activity)}">{Each(activity.Steps.Index(), s => Column(s.Item, s.Index * (Bar + Gap), max))}</svg>
            """);
    }

    public static string Describe(Activity activity) => activity.Attempts == 0
        ? $"Nothing was sent in {activity.PeriodText}."
        : $"In {activity.PeriodText}: {Texts.Number(activity.Delivered)} delivered, {Texts.Plural(activity.Failed, "failed attempt")}.";

    private static Markup Column(ActivityStep step, int x, long max)
    {
        // One failure among ten thousand must still be seen, so nothing that happened is drawn lower than two pixels.
        var failed = step.Failed == 0 ? 0 : Math.Max(2d, (double)step.Failed * Height / max);
        var delivered = step.Delivered == 0 ? 0 : Math.Min(Height - failed, Math.Max(2d, (double)step.Delivered * Height / max));
        return Html($"{Rect("none", x, Height - 1, step.Attempts == 0 ? 1 : 0)}{Rect("ok", x, Height - delivered, delivered)}{Rect("bad", x, Height - delivered - failed, failed)}");
    }

    private static Markup Rect(string name, int x, double y, double height) =>
        When(height > 0, Html($"""<rect class="{name}" x="{x}" y="{y}" width="{Bar}" height="{height}"/>"""));
}
