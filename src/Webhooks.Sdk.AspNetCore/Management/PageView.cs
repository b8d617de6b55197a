using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk.AspNetCore.Management;

internal sealed record PageView<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    [JsonPropertyName("next_cursor")]
    [Description("Pass it as cursor to get the next page; null on the last one. Opaque.")]
    public required string? NextCursor { get; init; }

    public static PageView<T> Of<TRow>(Page<TRow> page, Func<TRow, T> view) => new() { Items = [.. page.Items.Select(view)], NextCursor = page.NextCursor };
}
