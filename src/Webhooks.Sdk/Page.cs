namespace Webhooks.Sdk;

/// <summary>One page of a list.</summary>
/// <param name="Items">The rows, at most as many as were asked for.</param>
/// <param name="NextCursor">Pass it back to get the page after this one; null on the last page. Opaque.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>The largest page that any list returns; a larger wish is lowered to this.</summary>
    public const int MaxSize = 200;

    internal static int Clamp(int size) => Math.Clamp(size, 1, MaxSize);
}
