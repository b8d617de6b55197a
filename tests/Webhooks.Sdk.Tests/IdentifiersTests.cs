using FsCheck.Fluent;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("project-42", null)]
    [InlineData("a.b c/é", null)]
    [InlineData("", "id.empty")]
    [InlineData(null, "id.empty")]
    [InlineData("a\0", "id.control_character")]
    [InlineData("a\r\nb", "id.control_character")]
    [InlineData("\u0085", "id.control_character")]
    [InlineData("\u007f", "id.control_character")]
    public void An_id_is_any_text_without_control_characters(string? id, string? rule) => (Identifiers.Check("id", id)?.Rule).Should().Be(rule);

    [Theory]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", null)]
    [InlineData("a.b", "id.dot")]
    [InlineData("a b", "id.not_printable_ascii")]
    [InlineData("é", "id.not_printable_ascii")]
    [InlineData("a\n", "id.control_character")]
    [InlineData("", "id.empty")]
    public void A_message_id_is_printable_ASCII_without_a_dot(string id, string? rule) => (Identifiers.CheckMessageId("id", id)?.Rule).Should().Be(rule);

    [Fact]
    public void An_id_has_at_most_256_characters()
    {
        Identifiers.Check("id", new string('a', 256)).Should().BeNull();
        Identifiers.Check("id", new string('a', 257))!.Rule.Should().Be("id.too_long");
        Identifiers.CheckMessageId("id", new string('a', 257))!.Rule.Should().Be("id.too_long");
    }

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDFFF)]
    public void Half_a_surrogate_pair_is_refused_because_it_has_no_UTF8_form(int unit) =>
        Identifiers.Check("id", "a" + (char)unit)!.Rule.Should().Be("id.lone_surrogate");

    [Fact]
    public void A_message_id_is_what_fits_into_a_header_and_the_signed_content() => Properties.ForAll(
        Gen.OneOf(Generate.Garbage, Generate.Text),
        id => (Identifiers.CheckMessageId("id", id) is null) == (id.Length is > 0 and <= 256 && id.All(c => c is >= '!' and <= '~' and not '.')));
}
