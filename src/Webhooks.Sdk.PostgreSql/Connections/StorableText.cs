namespace Webhooks.Sdk.PostgreSql.Connections;

/// <summary>What a stranger's server answered may hold what PostgreSQL text cannot: NUL, and halves of surrogate pairs.</summary>
internal static class StorableText
{
    private const char Replacement = '\uFFFD';

    public static string? From(string? text) => text is null || IsFine(text) ? text : Clean(text);

    private static bool IsFine(string text) => text.AsSpan().IndexOf('\0') < 0 && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(r => r.Value == 0 ? Replacement.ToString() : r.ToString()));
}
