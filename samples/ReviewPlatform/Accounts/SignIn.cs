using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using ReviewPlatform.Pages;

namespace ReviewPlatform.Accounts;

/// <summary>Choose who you are: this is a demonstration, there are no passwords.</summary>
internal static class SignIn
{
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.LoginPath = "/sign-in";

        // Somebody else's project looks like one that does not exist.
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", (HttpContext http, IAntiforgery forms, string? returnUrl) => Shell.Page(http, "Sign in", $"""
            <h1>Who are you?</h1>
            <p>This is a demonstration: there are no passwords.</p>
            <form method="post" action="/sign-in">{Shell.Token(http, forms)}<input type="hidden" name="returnUrl" value="{Shell.Text(returnUrl)}">
            {string.Concat(Account.All.Select(a => $"""<p><button name="account" value="{a.Id}">{a.Name}, {a.Role}</button></p>"""))}
            </form>
            """));

        app.MapPost("/sign-in", async (HttpContext http, [FromForm] string account, [FromForm] string? returnUrl) =>
        {
            var chosen = Account.All.FirstOrDefault(a => a.Id == account);
            if (chosen is null)
            {
                return Results.NotFound();
            }

            var scheme = CookieAuthenticationDefaults.AuthenticationScheme;
            await http.SignInAsync(scheme, chosen.ToPrincipal(scheme));
            return Results.LocalRedirect(string.IsNullOrEmpty(returnUrl) ? "/" : returnUrl);
        });

        app.MapPost("/sign-out", async (HttpContext http, [FromForm] string? ignored) =>
        {
            await http.SignOutAsync();
            return Results.LocalRedirect("/");
        });
    }
}
