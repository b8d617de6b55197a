using ReviewPlatform.Accounts;

namespace ReviewPlatform.Pages;

/// <summary>Where everything is.</summary>
internal static class Home
{
    public static void MapHome(this IEndpointRouteBuilder app) => app.MapGet("/", (HttpContext http) => Shell.Page(http, "Home", $"""
        <h1>Review Platform</h1>
        <p>Two businesses collect reviews here, and each has its own systems told of them by webhooks.</p>
        <h2>For visitors</h2>
        <ul>{string.Concat(Project.All.Select(p => $"""<li><a href="/review/{p.Id}">Review {Shell.Text(p.Name)}</a></li>"""))}</ul>
        <h2>For owners</h2>
        <p><a href="/sign-in">Sign in</a>, then Settings › API › Webhooks.</p>
        """));

    public static void MapProjectSettings(this IEndpointRouteBuilder project) => project.MapGet("/settings", (HttpContext http, string project) => Shell.Page(http, "Settings", $"""
        <h1>Settings</h1>
        <h2>API</h2>
        <ul><li><a href="/projects/{project}/settings/webhooks">Webhooks</a></li><li><a href="/projects/{project}/api/webhooks/subscriptions">The same as JSON</a></li></ul>
        """));
}
