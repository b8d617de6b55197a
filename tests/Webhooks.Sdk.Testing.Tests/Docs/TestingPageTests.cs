namespace Webhooks.Sdk.Testing.Tests.Docs;

public sealed class TestingPageTests
{
    [Fact]
    public void Every_piece_of_code_on_the_page_is_compiled_and_run_here()
    {
        var page = Lines("testing.md");
        var code = string.Join('\n', Lines("TestingPage.cs"));

        var pieces = PiecesOf(page).ToList();

        pieces.Should().HaveCount(5);
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
