using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using ReviewPlatform.Accounts;
using ReviewPlatform.Pages;

namespace ReviewPlatform.Messages;

/// <summary>Messages are created, sent and deleted.</summary>
internal static class MessagePages
{
    public static void MapMessages(this IEndpointRouteBuilder app)
    {
        var owner = app.MapGroup("/projects/{project}/messages").RequireAuthorization(Policies.Owner);

        owner.MapGet("", (HttpContext http, IAntiforgery forms, Inbox inbox, string project) => Shell.Page(http, "Messages", $"""
            <h1>Messages</h1>
            {string.Concat(inbox.Of(project).Select(m => $"""
                <form class="line" method="post">{Shell.Token(http, forms)}
                <span>{Shell.Text(m.To)} <small>{Shell.Text(m.Text)}</small></span>
                {(m.SentAt is null ? $"""<button formaction="/projects/{project}/messages/{m.Id}/send">Send</button>""" : "<small>sent</small>")}
                <button formaction="/projects/{project}/messages/{m.Id}/delete" aria-label="Delete message {m.Id}">Delete</button></form>
                """))}
            <h2>New message</h2>
            <form method="post" action="/projects/{project}/messages">{Shell.Token(http, forms)}
            <p><label>To <input name="to" type="email" required maxlength="200"></label></p>
            <p><label>Text <textarea name="text" rows="3" required maxlength="4000">How was your visit? We would love to hear from you.</textarea></label></p>
            <p><button>Create message</button></p>
            </form>
            """));

        owner.MapPost("", async (Inbox inbox, string project, [FromForm] string to, [FromForm] string text) =>
        {
            await inbox.WriteAsync(project, to, text);
            return Results.LocalRedirect($"/projects/{project}/messages");
        });

        owner.MapPost("{id:int}/send", (Inbox inbox, string project, int id, [FromForm] string? ignored) => ChangeAsync(inbox, project, id, inbox.SendAsync));
        owner.MapPost("{id:int}/delete", (Inbox inbox, string project, int id, [FromForm] string? ignored) => ChangeAsync(inbox, project, id, inbox.DeleteAsync));
    }

    private static async Task<IResult> ChangeAsync(Inbox inbox, string project, int id, Func<Message, Task> change)
    {
        if (inbox.Find(project, id) is not { } message)
        {
            return Results.NotFound();
        }

        await change(message);
        return Results.LocalRedirect($"/projects/{project}/messages");
    }
}
