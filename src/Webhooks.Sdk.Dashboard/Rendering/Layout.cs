using Webhooks.Sdk.Dashboard.Assets;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>The document around every page: landmarks, navigation, the notice of what was just done.</summary>
internal static class Layout
{
    public static Markup Document(Frame frame, PageContent page)
    {
        var options = frame.Options;
        return Html($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{page.Title}{When(page.Title != options.Title, Html($" – {options.Title}"))}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{frame.Urls.Asset(DashboardAssets.Style)}">
            <script src="{frame.Urls.Asset(DashboardAssets.Script)}" defer></script>
            </head>
            <body data-refresh="{(long)options.RefreshInterval.TotalMilliseconds}"{When(!page.IsLive, Html($" data-still"))}>
            <a class="skip" href="#main">Skip to the content</a>
            <svg class="defs" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="4" height="4"/><rect class="hatch-line" width="1.6" height="4"/></pattern></defs></svg>
            <header class="top"><div class="wrap">
            {When(frame.BackUrl is not null, Html($"""<a class="back" href="{frame.BackUrl}"><span aria-hidden="true">←</span> {options.BackText}</a>"""))}
            {When(frame.BackUrl is null, Html($"""<a class="brand" href="{frame.Urls.Home}">{Icons.Hook}<span>{options.Title}</span></a>"""))}
            {Each([page.Navigation], links => When(links.Count > 0, Html($"""<nav aria-label="{options.Title}"><ul>{Each(links, l => NavigationLink(l, page.Section))}</ul></nav>""")))}
            </div></header>
            <main id="main" class="wrap" tabindex="-1">
            <div id="notice" role="status" data-live>{page.Notice.ToMarkup()}</div>
            {page.Body}
            </main>
            <p id="live" class="hidden" role="status" aria-live="polite"></p>
            </body>
            </html>
            """);
    }

    private static Markup NavigationLink(NavigationLink link, string section) =>
        Html($"""<li><a href="{link.Url}"{When(link.Section == section, Html($""" aria-current="page" """))}>{link.Text}</a></li>""");
}
