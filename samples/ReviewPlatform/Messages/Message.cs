namespace ReviewPlatform.Messages;

/// <summary>An invitation to leave a review.</summary>
internal sealed record Message(int Id, string Project, string To, string Text, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? SentAt { get; init; }
}
