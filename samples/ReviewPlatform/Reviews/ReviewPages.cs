using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using ReviewPlatform.Accounts;
using ReviewPlatform.Pages;

namespace ReviewPlatform.Reviews;

/// <summary>A visitor clicks a rating, which is a review already, and then may add a text. The owner sees the list.</summary>
internal static class ReviewPages
{
    public static void MapReviews(this IEndpointRouteBuilder app)
    {
        app.MapGet("/review/{project}", (HttpContext http, IAntiforgery forms, string project) => Project.Find(project) is not { } found ? Results.NotFound()
            : Shell.Page(http, $"Review {found.Name}", $"""
                <h1>How was your visit to {Shell.Text(found.Name)}?</h1>
                <form method="post" class="stars">{Shell.Token(http, forms)}
                {string.Concat(Enumerable.Range(1, 5).Select(n => $"""<button name="rating" value="{n}" aria-label="{n} of 5">{new string('★', n)}</button>"""))}
                </form>
                """));

        app.MapPost("/review/{project}", async (ReviewBook book, string project, [FromForm] int rating) =>
            Project.Find(project) is null || rating is < 1 or > 5 ? Results.BadRequest()
            : Results.LocalRedirect($"/review/{project}/{(await book.RateAsync(project, rating)).Key}"));

        app.MapGet("/review/{project}/{key:guid}", (HttpContext http, IAntiforgery forms, ReviewBook book, string project, Guid key, bool? thanks) =>
            book.Find(key) is not { } review ? Results.NotFound()
            : Shell.Page(http, "Thank you", $"""
                <h1>{(thanks == true ? "Thank you!" : $"{new string('★', review.Rating)} Thank you. Do you want to say more?")}</h1>
                <form method="post">{Shell.Token(http, forms)}
                <p><label>Title <input name="title" maxlength="200" value="{Shell.Text(review.Title)}"></label></p>
                <p><label>Your review <textarea name="text" rows="4" maxlength="4000">{Shell.Text(review.Text)}</textarea></label></p>
                <p><label>Your name <input name="author" maxlength="100" value="{Shell.Text(review.Author)}"></label></p>
                <p><button>Send</button></p>
                </form>
                """));

        app.MapPost("/review/{project}/{key:guid}", async (
            ReviewBook book, string project, Guid key, [FromForm] string? title, [FromForm] string? text, [FromForm] string? author) =>
        {
            if (book.Find(key) is not { } review)
            {
                return Results.NotFound();
            }

            await book.WriteAsync(review, NullIfEmpty(title), NullIfEmpty(text), NullIfEmpty(author));
            return Results.LocalRedirect($"/review/{project}/{key}?thanks=true");
        });

        var owner = app.MapGroup("/projects/{project}/reviews").RequireAuthorization(Policies.Owner);
        owner.MapGet("", (HttpContext http, IAntiforgery forms, ReviewBook book, string project) => Shell.Page(http, "Reviews", $"""
            <h1>Reviews</h1>
            <p>Visitors rate you at <a href="/review/{project}">/review/{project}</a>.</p>
            {string.Concat(book.Of(project).Select(r => $"""
                <form class="line" method="post" action="/projects/{project}/reviews/{r.Key}/delete">{Shell.Token(http, forms)}
                <span>{new string('★', r.Rating)} {Shell.Text(r.Title)} <small>{Shell.Text(r.Text)}</small></span><button aria-label="Delete review {r.Id}">Delete</button></form>
                """))}
            """));

        owner.MapPost("{key:guid}/delete", async (ReviewBook book, string project, Guid key, [FromForm] string? ignored) =>
        {
            if (book.Find(key) is not { } review || review.Project != project)
            {
                return Results.NotFound();
            }

            await book.DeleteAsync(review);
            return Results.LocalRedirect($"/projects/{project}/reviews");
        });
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
