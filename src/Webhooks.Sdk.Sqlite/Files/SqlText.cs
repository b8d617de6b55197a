namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>
/// Tells statements apart by their text. Nearly always it is the same string as before, so the cost would be in the hash: of hundreds of characters,
/// several times for each delivery. How long a text is and how it ends says almost as much.
/// </summary>
internal sealed class SqlText : IEqualityComparer<string>
{
    private const int End = 8;

    public static SqlText Comparer { get; } = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string text) =>
        HashCode.Combine(text.Length, string.GetHashCode(text.AsSpan(Math.Max(0, text.Length - End)), StringComparison.Ordinal));
}
