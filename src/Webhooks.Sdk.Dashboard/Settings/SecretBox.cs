using Webhooks.Sdk.Dashboard.Rendering;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>A secret with a button that copies it. Without script it can be selected as a whole.</summary>
internal static class SecretBox
{
    public static Markup Of(string secret, string explanation) => Html($"""
        <section class="secret card" aria-labelledby="secret-title">
        <h2 id="secret-title">Signing secret</h2>
        <p>{explanation}</p>
        <p class="copy"><code id="secret">{secret}</code><button class="button" type="button" data-copy="secret" hidden>Copy</button></p>
        </section>
        """);
}
