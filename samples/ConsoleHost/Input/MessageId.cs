namespace ConsoleHost.Input;

/// <summary>The library checks ids when an event is published; `sign` publishes nothing, and `send` wants to know before its first event.</summary>
internal static class MessageId
{
    private const int MaxLength = 256;

    public static string Checked(string option, string id) =>
        id.Length is 0 or > MaxLength ? throw new BadInputException($"{option}: a message id has 1 to {MaxLength} characters; this one has {id.Length}.")
        : id.Contains('.') ? throw new BadInputException($"{option}: a message id holds no dot: it separates the parts of the signed content.")
        : id.AsSpan().ContainsAnyExceptInRange('!', '~') ? throw new BadInputException($"{option}: a message id is printable ASCII without spaces.")
        : id;
}
