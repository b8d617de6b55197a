using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>
/// Says what was just done. It travels through the redirect as a word of this list in the address, never as a text: nobody can make a link that
/// makes this page say something else.
/// </summary>
internal sealed record Notice(string? Text, bool IsBad = false)
{
    public const string Parameter = "done";

    public static readonly Notice None = new((string?)null);

    public static Notice Read(string? word, string? count) => word switch
    {
        "created" => new("The webhook is created. It receives events from now on."),
        "saved" => new("Your changes are saved."),
        "enabled" => new("The webhook is on. It receives events from now on."),
        "disabled" => new("The webhook is off. Nothing more is sent to it."),
        "deleted" => new("The webhook is deleted."),
        "rotated" => new("The webhook has a new signing secret."),
        "resent" => new("The event is on its way again."),
        "pending" => new("The event is on its way already."),
        "off" => new("The webhook is off. Turn it on first, then send the events again.", IsBad: true),
        "gone" => new("The event is no longer kept, so it cannot be sent again.", IsBad: true),
        "recovered" => new(int.TryParse(count, out var events) && events >= 0 ? Counted(events) : "The events are on their way again."),
        _ => None,
    };

    public Markup ToMarkup() => Text is null ? Markup.None
        : Html($"""<p class="notice{When(IsBad, Html($" bad"))}">{(IsBad ? Icons.Warning : Icons.Check)}<span>{Text}</span></p>""");

    private static string Counted(int events) => events switch
    {
        0 => "There was nothing to send again: nothing failed or was missed in that time.",
        1 => "1 event is on its way again.",
        _ => $"{events} events are on their way again.",
    };
}
