using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using ReviewPlatform.Accounts;

namespace ReviewPlatform.Pages;

/// <summary>The frame of the platform's own pages. Everything that somebody typed goes through <see cref="Text"/>.</summary>
internal static class Shell
{
    public static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    /// <summary>Proves that a form came from one of our pages.</summary>
    public static string Token(HttpContext http, IAntiforgery forms)
    {
        var tokens = forms.GetAndStoreTokens(http);
        return $"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">""";
    }

    public static IResult Page(HttpContext http, string title, string body) => Results.Content($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)} – Review Platform</title>
        <link rel="icon" href="data:,"><link rel="stylesheet" href="/site.css">
        </head>
        <body>
        <header><a href="/">Review Platform</a><nav aria-label="Platform">{Links(http)}</nav></header>
        <main>{body}</main>
        </body>
        </html>
        """, "text/html; charset=utf-8");

    private static string Links(HttpContext http)
    {
        var user = http.User;
        if (user.Identity is not { IsAuthenticated: true })
        {
            return """<a href="/sign-in">Sign in</a>""";
        }

        return user.FindFirst(Account.ProjectClaim)?.Value is { } project
            ? $"""<a href="/projects/{project}/reviews">Reviews</a> <a href="/projects/{project}/messages">Messages</a> <a href="/projects/{project}/settings">Settings</a> <a href="/sign-in">{Text(user.Identity.Name)}</a>"""
            : $"""<a href="/admin/webhooks">Webhooks of all projects</a> <a href="/sign-in">{Text(user.Identity.Name)}</a>""";
    }
}
