using Webhooks.Sdk.Dashboard.Rendering;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>A question before something is done: a page of its own, which the script shows as a dialog.</summary>
internal static class ConfirmBox
{
    public static Markup Of(Frame frame, string question, Markup explanation, string action, string back, string button, string style) => Html($"""
        <section class="confirm card" data-confirm>
        <h1 id="question">{question}</h1>
        {explanation}
        <form method="post" action="{action}" class="buttons">{frame.Token.Input}
        <button class="button {style}" type="submit">{button}</button>
        <a class="button" href="{back}" data-close>Cancel</a>
        </form>
        </section>
        """);
}
