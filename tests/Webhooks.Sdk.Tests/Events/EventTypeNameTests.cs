using FsCheck.Fluent;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Events;

public sealed class EventTypeNameTests
{
    private const string Allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

    [Theory]
    [InlineData("review-created")]
    [InlineData("review.response_ready")]
    [InlineData("feedbackUpdated")]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("-")]
    [InlineData("a.b.c.d")]
    public void A_name_of_letters_digits_and_separators_is_fine(string name) => EventTypeName.Check(name).Should().BeNull();

    [Theory]
    [InlineData(null, "event_type.empty")]
    [InlineData("", "event_type.empty")]
    [InlineData(".", "event_type.empty_segment")]
    [InlineData(".a", "event_type.empty_segment")]
    [InlineData("a.", "event_type.empty_segment")]
    [InlineData("a..b", "event_type.empty_segment")]
    [InlineData("*", "event_type.wildcard")]
    [InlineData("review.*", "event_type.wildcard")]
    [InlineData("a b", "event_type.character")]
    [InlineData("a\0", "event_type.character")]
    [InlineData("a\n", "event_type.character")]
    [InlineData("analysé", "event_type.character")]
    [InlineData("а", "event_type.character")] // Cyrillic
    [InlineData("a/b", "event_type.character")]
    public void A_bad_name_is_refused_by_its_rule(string? name, string rule) =>
        EventTypeName.Check(name, "member").Should().Match<WebhookError>(e => e.Rule == rule && e.Member == "member");

    [Fact]
    public void A_name_has_at_most_128_characters()
    {
        EventTypeName.Check(new string('a', 128)).Should().BeNull();
        EventTypeName.Check(new string('a', 129))!.Rule.Should().Be("event_type.too_long");
    }

    [Fact]
    public void Every_string_is_judged_as_the_rule_says() => Properties.ForAll(
        Gen.OneOf(Generate.Garbage, Generate.From("a", "Z", "9", "_", "-", ".", ".", "*", "é")),
        name => (EventTypeName.Check(name) is null)
            == (name.Length is >= 1 and <= 128 && name.All(Allowed.Contains) && name.Split('.').All(segment => segment.Length > 0)));
}
