using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Tests.Connections;

public sealed class StorableTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("plain é 😀", "plain é 😀")]
    [InlineData("a\0b", "a\uFFFDb")]
    public void What_text_columns_refuse_is_replaced_and_the_rest_stays(string? text, string? expected) => StorableText.From(text).Should().Be(expected);

    // Not in attributes: their texts are stored as UTF-8 too.
    [Fact]
    public void Halves_of_surrogate_pairs_are_replaced()
    {
        StorableText.From("half \uD83D").Should().Be("half \uFFFD");
        StorableText.From("\uDE00 half").Should().Be("\uFFFD half");
    }
}
