namespace ConsoleHost.Output;

/// <summary>Colours on a terminal; plain text in a file, a pipe, or where NO_COLOR is set (no-color.org).</summary>
internal static class Paint
{
    private static readonly bool s_on = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static string Good(string text) => Wrap(text, "32");

    public static string Bad(string text) => Wrap(text, "31");

    public static string Faint(string text) => Wrap(text, "2");

    public static string Strong(string text) => Wrap(text, "1");

    private static string Wrap(string text, string code) => s_on ? $"\e[{code}m{text}\e[0m" : text;
}
