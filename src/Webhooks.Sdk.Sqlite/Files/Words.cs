namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>Enumerations as the tables keep them: by their names, which mean the same to people and to later versions.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => Enum.GetName(value) ?? throw new ArgumentOutOfRangeException(nameof(value), value, null);

    public static string? Of<T>(T? value)
        where T : struct, Enum => value is { } some ? Of(some) : null;

    public static T Read<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word);
}
