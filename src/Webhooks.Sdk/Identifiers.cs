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

        return value.Any(char.IsControl) ? new(member, "id.control_character", "must not contain a control character.") : null;
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
