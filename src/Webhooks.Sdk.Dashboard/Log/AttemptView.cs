using System.Text;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Deliveries;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Log;

/// <summary>One attempt: what was answered, in how much time, and what comes next. Headers and body are a stranger's text.</summary>
internal static class AttemptView
{
    public static Markup Of(DeliveryAttemptRecord attempt)
    {
        var result = attempt.Result;
        return Html($"""
            <li class="attempt">
            <h3>{(attempt.IsTest ? "Test" : $"Attempt {attempt.Number}")} {Badges.Of(attempt)}</h3>
            <p class="line"><strong>{Answer(result)}</strong> after {Texts.Duration(result.Duration)} · {Texts.Time(result.StartedAt)}</p>
            {When(result.ErrorMessage is not null, Html($"""<p class="why">{Texts.Sentence(result.ErrorMessage ?? "")}</p>"""))}
            {When(attempt.RetryDelay is not null, Html($"""<p class="why">Next attempt due {Texts.Time(result.StartedAt + result.Duration + (attempt.RetryDelay ?? default))}</p>"""))}
            {When(result.ResponseHeaders is { Length: > 0 }, Code("Response headers", result.ResponseHeaders ?? "", isOpen: false))}
            {When(result.ResponseBody.Length > 0, Code("Response body", Encoding.UTF8.GetString(result.ResponseBody.Span), isOpen: true))}
            </li>
            """);
    }

    public static Markup Code(string title, string text, bool isOpen) => Html($"""
        <details class="code"{When(isOpen, Html($" open"))}><summary>{title}</summary><pre role="region" aria-label="{title}" tabindex="0">{"\n" + text}</pre></details>
        """);

    /// <summary>"200", "Timeout".</summary>
    public static Markup ShortAnswer(AttemptResult result) => Html($"{(result.StatusCode > 0 ? result.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture) : Texts.Error(result.Error))}");

    private static string Answer(AttemptResult result) => result.StatusCode > 0
        ? $"{result.StatusCode} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(result.StatusCode)}".TrimEnd()
        : Texts.Error(result.Error);
}
