using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>
/// HTML that is safe to write: made of literals that stand in this package's source, and of values that were encoded on their way in. There is no
/// way to turn a string into markup without encoding it, so a text from a stranger stays a text wherever it is put. Attributes are always quoted.
/// </summary>
internal readonly struct Markup
{
    // As the default, but é stays é: the pages are UTF-8.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? _html;

    private Markup(string html) => _html = html;

    public bool IsEmpty => string.IsNullOrEmpty(_html);

    /// <summary>Nothing.</summary>
    public static Markup None => default;

    /// <summary>Makes markup from an interpolated literal.</summary>
    public static Markup Html(Template template) => new(template.Finish());

    /// <summary>The markup if so, else nothing. Also for attributes: <c>{When(isOn, Html($" checked"))}</c>.</summary>
    public static Markup When(bool condition, Markup markup) => condition ? markup : None;

    /// <summary>All of them, one after the other.</summary>
    public static Markup Each<T>(IEnumerable<T> items, Func<T, Markup> markup)
    {
        var html = new StringBuilder();
        foreach (var item in items)
        {
            html.Append(markup(item)._html);
        }

        return new(html.ToString());
    }

    public override string ToString() => _html ?? "";

    /// <summary>Takes an interpolated literal apart. Values of other types than these do not compile: say how they look.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Template(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _html = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string literal) => _html.Append(literal);

        public void AppendFormatted(Markup markup) => _html.Append(markup._html);

        public void AppendFormatted(string? text) => _html.Append(string.IsNullOrEmpty(text) ? "" : Encoder.Encode(text));

        public void AppendFormatted(long number) => _html.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(Guid id) => _html.Append(CultureInfo.InvariantCulture, $"{id}");

        public void AppendFormatted(double number) => _html.Append(CultureInfo.InvariantCulture, $"{number:0.##}");

        public string Finish() => _html.ToString();
    }
}
