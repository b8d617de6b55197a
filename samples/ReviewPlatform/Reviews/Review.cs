namespace ReviewPlatform.Reviews;

/// <summary>What a visitor said about a project.</summary>
internal sealed record Review(int Id, string Project, int Rating, DateTimeOffset CreatedAt)
{
    /// <summary>The address of the visitor's own review: nobody guesses it.</summary>
    public Guid Key { get; } = Guid.NewGuid();

    public string? Title { get; init; }

    public string? Text { get; init; }

    public string? Author { get; init; }
}
