namespace Webhooks.Sdk;

/// <summary>The rules of ids that come from outside: at most 256 characters and none of them a control character.</summary>
internal static class Identifiers
{
    public const int MaxLength = 256;

    public static WebhookError? Check(string member, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return new(member, "id.empty", "must not be empty.");
        }

        if (value.Length > MaxLength)
        {
            return new(member, "id.too_long", $"has {value.Length} characters; at most {MaxLength} are allowed.");
        }

        if (value.Any(char.IsControl))
        {
            return new(member, "id.control_character", "must not contain a control character.");
        }

        return IsWellFormed(value) ? null : new(member, "id.lone_surrogate", "holds half of a surrogate pair, which has no UTF-8 form.");
    }

    /// <summary>False for text with half a surrogate pair: it can be neither stored nor sent as UTF-8, and two such ids could become one.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = text.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return false;
            }

            text = text[(at + 2)..];
        }

        return true;
    }

    /// <summary>A message id also goes into a header and into the signed content, where a dot separates the parts.</summary>
    public static WebhookError? CheckMessageId(string member, string? value)
    {
        if (Check(member, value) is { } error)
        {
            return error;
        }

        if (value!.Contains('.'))
        {
            return new(member, "id.dot", "must not contain a dot: it separates the parts of the signed content.");
        }

        return value.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new(member, "id.not_printable_ascii", "must be printable ASCII without spaces: it is sent as a header.")
            : null;
    }
}
