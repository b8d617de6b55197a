namespace Webhooks.Sdk.AspNetCore.Management.Deliveries;

internal sealed record HeaderView
{
    public required string Name { get; init; }

    public required string Value { get; init; }

    /// <summary>From the form of the log: one <c>name: value</c> a line.</summary>
    public static IReadOnlyList<HeaderView> ListOf(string? lines) =>
    [
        .. (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd('\r').Split(':', 2))
            .Select(parts => new HeaderView { Name = parts[0], Value = parts is [_, var value] ? value.Trim() : "" }),
    ];
}
