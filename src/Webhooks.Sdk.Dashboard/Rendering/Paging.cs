using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>Back to the newest and on to the older ones. A cursor only leads forward, so there is no link to the page before.</summary>
internal static class Paging
{
    public static Markup Of(string url, string? cursor, string? next, string newest = "First page", string older = "Next page")
    {
        var and = url.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return When(cursor is not null || next is not null, Html($"""
            <nav class="paging" aria-label="Pages">
            {When(cursor is not null, Html($"""<a class="button" href="{url}">{newest}</a>"""))}
            {When(next is not null, Html($"""<a class="button" rel="next" href="{url}{and}cursor={Uri.EscapeDataString(next ?? "")}">{older}</a>"""))}
            </nav>
            """));
    }
}
