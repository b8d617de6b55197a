using Webhooks.Sdk.Dashboard.Rendering;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>Fields with their label, hint and refusals, tied together for those who do not see that they stand together.</summary>
internal sealed class FormFields(IReadOnlyList<WebhookError> errors)
{
    /// <summary>All refusals, with links to their fields; takes the focus so that nobody misses it.</summary>
    public Markup Summary => When(errors.Count > 0, Html($"""
        <div class="summary" role="alert" tabindex="-1" data-autofocus>
        <p>{Icons.Warning}<span>{(errors.Count == 1 ? "One thing is" : $"{errors.Count} things are")} not right yet. Nothing was saved.</span></p>
        <ul>{Each(errors, e => Html($"""<li><a href="#{FieldOf(e)}">{Label(e)}</a>: {e.Message}</li>"""))}</ul>
        </div>
        """));

    public bool Has(string field) => errors.Any(e => FieldOf(e) == field);

    /// <param name="name">The SDK's name of the member, which is the field's id too.</param>
    /// <param name="label">The label.</param>
    /// <param name="hint">What to type.</param>
    /// <param name="control">The control, given the attributes that tie it to hint and refusals.</param>
    public Markup Field(string name, string label, string? hint, Func<Markup, Markup> control) => Html($"""
        <div class="field{When(Has(name), Html($" wrong"))}">
        <label for="{name}">{label}</label>
        {When(hint is not null, Html($"""<p class="hint" id="{name}-hint">{hint}</p>"""))}
        {Refusals(name)}
        {control(Ties(name, hint is not null))}
        </div>
        """);

    public Markup Group(string name, string label, Markup content) => Html($"""
        <fieldset class="field{When(Has(name), Html($" wrong"))}" id="{name}" tabindex="-1"{When(Has(name), Html($" aria-describedby=\"{name}-error\""))}>
        <legend>{label}</legend>
        {Refusals(name)}
        {content}
        </fieldset>
        """);

    private Markup Refusals(string name) => When(Has(name), Html($"""
        <div class="error" id="{name}-error">{Each(errors.Where(e => FieldOf(e) == name), e => Html($"<p>{Icons.Warning}<span>{Texts.Sentence(e.Message)}</span></p>"))}</div>
        """));

    private Markup Ties(string name, bool hasHint) => (Has(name), hasHint) switch
    {
        (true, true) => Html($" aria-invalid=\"true\" aria-describedby=\"{name}-error {name}-hint\""),
        (true, false) => Html($" aria-invalid=\"true\" aria-describedby=\"{name}-error\""),
        (false, true) => Html($" aria-describedby=\"{name}-hint\""),
        _ => None,
    };

    private static string FieldOf(WebhookError error) => error.Member.Split('.')[0] switch
    {
        "tenant_id" or "id" => "url", // how many there may be is nobody's field
        var member => member,
    };

    private static string Label(WebhookError error) => FieldOf(error) switch
    {
        "url" when error.Member != "url" => "Webhook",
        "url" => "URL",
        "event_types" => "Events",
        "max_per_second" => "Requests a second",
        "headers" => error.Member == "headers" ? "Headers" : $"Header {error.Member["headers.".Length..]}",
        var field => Texts.Sentence(field),
    };
}
