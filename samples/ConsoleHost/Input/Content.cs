using System.Text;

namespace ConsoleHost.Input;

/// <summary>The content that an option gives: the text itself, <c>@file</c>, or <c>@-</c> for standard input. Bytes, because signatures are over bytes.</summary>
internal static class Content
{
    public static byte[] Read(string option, string text)
    {
        if (!text.StartsWith('@'))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var file = text[1..];
        try
        {
            return file == "-" ? ReadStandardInput() : File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{option}: '{file}' cannot be read: {e.Message}");
        }
    }

    private static byte[] ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }
}
