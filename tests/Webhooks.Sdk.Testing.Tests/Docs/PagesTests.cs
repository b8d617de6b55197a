namespace Webhooks.Sdk.Testing.Tests.Docs;

public sealed class PagesTests
{
    [Theory]
    [InlineData("testing.md", "TestingPage.cs", 5)]
    [InlineData("extending.md", "ExtendingPage.cs", 7)]
    [InlineData("retries.md", "RetriesPage.cs", 2)]
    [InlineData("profiles.md", "ProfilesPage.cs", 1)]
    [InlineData("safety.md", "SafetyPage.cs", 1)]
    [InlineData("verifying.md", "VerifyingPage.cs", 1)]
    [InlineData("receiving.md", "ReceivingPage.cs", 5)]
    [InlineData("observability.md", "ObservabilityPage.cs", 2)]
    public void Every_piece_of_code_on_a_page_is_compiled_and_run_here(string page, string file, int count)
    {
        var code = string.Join('\n', Lines(file));

        var pieces = PiecesOf(Lines(page)).ToList();

        pieces.Should().HaveCount(count);
        pieces.Should().OnlyContain(piece => code.Contains(piece, StringComparison.Ordinal));
    }

    private static IEnumerable<string> PiecesOf(IEnumerable<string> page)
    {
        List<string>? piece = null;
        foreach (var line in page)
        {
            if (line == "```csharp")
            {
                piece = [];
            }
            else if (line == "```" && piece is not null)
            {
                yield return string.Join('\n', piece);
                piece = null;
            }
            else
            {
                piece?.Add(line);
            }
        }
    }

    // Indentation differs: methods stand in a class.
    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Docs", file)).Select(l => l.Trim());
}
