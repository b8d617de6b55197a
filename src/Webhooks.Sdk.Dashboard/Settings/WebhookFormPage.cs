using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>The form of a new and of a changed webhook. A refusal stands at its field, and all of them at the top with links to the fields.</summary>
internal sealed class WebhookFormPage(DashboardContext context, WebhookForm form, IReadOnlyList<WebhookError> errors)
{
    private readonly FormFields _fields = new(errors);

    /// <param name="title">The heading.</param>
    /// <param name="action">Where the form goes.</param>
    /// <param name="back">Where Cancel leads.</param>
    /// <param name="button">What its button says.</param>
    /// <param name="isNew">It is not stored yet: its format may be chosen.</param>
    public Markup Draw(string title, string action, string back, string button, bool isNew) => Html($"""
        <div class="narrow">
        <h1>{title}</h1>
        {_fields.Summary}
        <form method="post" action="{action}" novalidate>{context.Frame.Token.Input}{When(form.Version is not null, Html($"""<input type="hidden" name="version" value="{form.Version ?? 0}">"""))}
        {_fields.Field("url", "URL", $"Where events are sent. Starts with https://.", a => Html(
            $"""<input id="url" name="url" type="url" inputmode="url" autocomplete="off" spellcheck="false" required maxlength="2048" value="{form.Url}"{a}>"""))}
        {_fields.Field("name", "Name", "So that you know it again. Optional.", a => Html(
            $"""<input id="name" name="name" type="text" autocomplete="off" maxlength="256" value="{form.Name}"{a}>"""))}
        {_fields.Field("description", "Description", null, a => Html(
            $"""<textarea id="description" name="description" rows="2" maxlength="2048"{a}>{"\n" + form.Description}</textarea>"""))}
        {Events()}
        {Advanced(isNew)}
        <div class="buttons"><button class="button primary" type="submit">{button}</button><a class="button" href="{back}">Cancel</a></div>
        </form>
        </div>
        """);

    /// <summary>The types that have a box of their own.</summary>
    public static IReadOnlySet<string> KnownTypes(DashboardContext context, WebhookProfile profile) =>
        (context.Events.Types.Count > 0 ? context.Events.Types.Select(t => t.Name) : profile.EventTypes).ToHashSet(StringComparer.Ordinal);

    private WebhookProfile Profile => (form.Profile is { } name ? context.Profiles.Find(name) : null) ?? context.Profiles.Default;

    private Markup Events()
    {
        var mustChoose = Profile.RequiresEventTypes;
        var known = KnownTypes(context, Profile);
        var hasOthers = known.Count == 0 || form.OtherTypes.Length > 0;
        var all = Html($"""
            <label class="choice"><input type="radio" name="events" value="all"{When(form.WantsAll, Html($" checked"))}><span>All events<small>Also those that are added later.</small></span></label>
            <label class="choice"><input type="radio" name="events" value="some"{When(!form.WantsAll, Html($" checked"))}><span>Only these</span></label>
            """);
        return _fields.Group("event_types", "Events", Html($"""
            {(mustChoose ? Html($"""<input type="hidden" name="events" value="some">""") : all)}
            <div class="boxes{When(!mustChoose, Html($" nested"))}">
            {Each(known.Order(StringComparer.Ordinal), Box)}
            {When(hasOthers, _fields.Field("other_types", known.Count == 0 ? "Event types" : "Other event types", "Separated by commas; review.* stands for all that begin with review.", a => Html(
                $"""<input id="other_types" name="other_types" type="text" autocomplete="off" spellcheck="false" value="{form.OtherTypes}"{a}>""")))}
            </div>
            """));
    }

    private Markup Box(string type) => Html($"""
        <label class="choice"><input type="checkbox" name="type" value="{type}"{When(form.Types.Contains(type), Html($" checked"))}><span><code>{type}</code>{(context.Events.TryGet(type, out var known) ? Html($"<small>{known.Description}</small>") : None)}</span></label>
        """);

    private Markup Advanced(bool isNew)
    {
        var isOpen = form.Headers.Length > 0 || form.MaxPerSecond.Length > 0 || form.Ordering != default || _fields.Has("headers") || _fields.Has("max_per_second");
        return Html($"""
            <details class="advanced"{When(isOpen, Html($" open"))}><summary>Advanced</summary>
            {When(isNew && context.Frame.Options.Profiles.Count > 0, Html($"""
                {_fields.Field("profile", "Format", "What is sent, and how it is signed. It cannot be changed later.", a => Html(
                    $"""<select id="profile" name="profile"{a}>{Each(context.Frame.Options.Profiles.Select(context.Profiles.Find).OfType<WebhookProfile>(), Option)}</select>"""))}
                """))}
            {_fields.Field("headers", "Headers", "Sent with every request; one on each line, as Name: value.", a => Html(
                $"""<textarea id="headers" name="headers" rows="3" spellcheck="false" autocomplete="off"{a}>{"\n" + form.Headers}</textarea>"""))}
            {_fields.Field("max_per_second", "Requests a second, at most", "Empty for no limit.", a => Html(
                $"""<input id="max_per_second" name="max_per_second" type="text" inputmode="decimal" autocomplete="off" value="{form.MaxPerSecond}"{a}>"""))}
            {_fields.Group("ordering", "Order", Html($"""
                <label class="choice"><input type="radio" name="ordering" value="unordered"{When(form.Ordering == DeliveryOrdering.Unordered, Html($" checked"))}><span>Fastest<small>Several at once. A delivery that is tried again holds up nobody.</small></span></label>
                <label class="choice"><input type="radio" name="ordering" value="fifo"{When(form.Ordering == DeliveryOrdering.Fifo, Html($" checked"))}><span>In order<small>One at a time, as they happened. One that is tried again holds up those behind it.</small></span></label>
                """))}
            </details>
            """);
    }

    private Markup Option(WebhookProfile profile) => Html($"""
        <option value="{profile.Name}"{When(profile.Name == Profile.Name, Html($" selected"))}>{(profile.Description.Length > 0 ? profile.Description : profile.Name)}</option>
        """);
}
