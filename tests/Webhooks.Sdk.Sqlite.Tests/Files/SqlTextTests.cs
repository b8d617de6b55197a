using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Tests.Files;

public sealed class SqlTextTests
{
    [Fact]
    public void Statements_of_the_same_length_and_ending_are_told_apart()
    {
        const string first = "DELETE FROM a WHERE seq = @seq";
        const string second = "DELETE FROM b WHERE seq = @seq";
        var statements = new Dictionary<string, int>(SqlText.Comparer) { [first] = 1, [second] = 2, ["a"] = 3 };

        statements[first].Should().Be(1);
        statements[new string(second)].Should().Be(2);
        statements.Should().HaveCount(3).And.NotContainKey("b");
    }
}
