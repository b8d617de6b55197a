using System.Buffers;

namespace Webhooks.Sdk.Events;

/// <summary>The rules of event type names: ASCII letters, digits, <c>_ - .</c>, no empty segment, 1 to 128 characters, case-sensitive.</summary>
public static class EventTypeName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    /// <summary>Says what is wrong with a name that is to be published; null when it is fine.</summary>
    public static WebhookError? Check(string? name, string member = "type")
    {
        if (string.IsNullOrEmpty(name))
        {
            return new(member, "event_type.empty", "an event type must not be empty.");
        }

        if (name.Length > MaxLength)
        {
            return new(member, "event_type.too_long", $"an event type has at most {MaxLength} characters; this one has {name.Length}.");
        }

        var at = name.AsSpan().IndexOfAnyExcept(Allowed);
        if (at >= 0)
        {
            return name[at] == '*'
                ? new(member, "event_type.wildcard", $"'{name}' is a filter; a wildcard is never a publishable name.")
                : new(member, "event_type.character", $"the character at position {at} is not allowed: use ASCII letters, digits, '_', '-' and '.'.");
        }

        return name[0] == '.' || name[^1] == '.' || name.Contains("..", StringComparison.Ordinal)
            ? new(member, "event_type.empty_segment", $"'{name}' has an empty segment between its dots.")
            : null;
    }
}
