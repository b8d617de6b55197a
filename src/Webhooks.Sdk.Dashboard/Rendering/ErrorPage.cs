using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>What went wrong, in words, and the way back.</summary>
internal static class ErrorPage
{
    public static PageContent Of(int status, string home)
    {
        var (title, text) = status switch
        {
            400 => ("This form is no longer valid", "It was open for too long, or you signed in or out in between. Go back, reload the page and try again. Nothing was changed."),
            403 => ("No webhooks for you here", "Your sign-in belongs to nobody whose webhooks could be shown here."),
            _ => ("There is nothing here", "It may have been deleted, or the address is not quite right."),
        };
        return new(title, Html($"""
            <div class="empty">
            <h1>{title}</h1>
            <p>{text}</p>
            <p><a class="button" href="{home}">All webhooks</a></p>
            </div>
            """));
    }
}
