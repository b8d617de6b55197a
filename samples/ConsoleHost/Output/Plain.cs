namespace ConsoleHost.Output;

/// <summary>Text that came from elsewhere, such as a server's garbage in an error message, must not steer the terminal.</summary>
internal static class Plain
{
    public static string Text(string? text) => string.Create(text?.Length ?? 0, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source![i]) ? '?' : source[i];
        }
    });
}
