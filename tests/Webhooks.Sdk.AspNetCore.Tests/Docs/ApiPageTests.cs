namespace Webhooks.Sdk.AspNetCore.Tests.Docs;

public sealed class ApiPageTests
{
    [Fact]
    public void Every_piece_of_code_on_the_page_is_compiled_and_run_here()
    {
        var code = string.Join('\n', Lines("ApiPage.cs"));

        var pieces = string.Join('\n', Lines("api.md")).Split("```csharp\n").Skip(1).Select(rest => rest[..rest.IndexOf("\n```", StringComparison.Ordinal)]).ToList();

        pieces.Should().HaveCount(8);
        pieces.Should().OnlyContain(piece => code.Contains(piece, StringComparison.Ordinal));
    }

    // Indentation differs: methods stand in a class.
    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Docs", file)).Select(l => l.Trim());
}
