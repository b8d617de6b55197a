using AngleSharp.Html.Dom;

namespace Webhooks.Sdk.Dashboard.Tests.Support;

/// <summary>What tests look for on a page.</summary>
internal static class Documents
{
    public static string Text(this IHtmlDocument page, string selector) => page.QuerySelector(selector)?.TextContent.Trim() ?? "";

    public static IHtmlFormElement Form(this IHtmlDocument page, string action) =>
        page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First(f => new Uri(f.Action).AbsolutePath.EndsWith(action, StringComparison.Ordinal));
}
