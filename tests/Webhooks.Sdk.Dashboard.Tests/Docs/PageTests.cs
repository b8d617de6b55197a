namespace Webhooks.Sdk.Dashboard.Tests.Docs;

public sealed class PageTests
{
    [Fact]
    public void Every_piece_of_code_on_the_page_is_compiled_and_run_here()
    {
        var code = string.Join('\n', Lines("DashboardPage.cs"));

        var pieces = string.Join('\n', Lines("dashboard.md")).Split("```csharp\n").Skip(1).Select(p => p.Split("\n```")[0]).ToList();

        pieces.Should().HaveCount(3).And.OnlyContain(piece => code.Contains(piece, StringComparison.Ordinal));
    }

    // Indentation differs: methods stand in a class.
    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Docs", file)).Select(l => l.Trim());
}
