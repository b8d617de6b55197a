using FsCheck;
using FsCheck.Fluent;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Events;

public sealed class EventTypeFilterTests
{
    private static readonly Gen<string> Name = Gen.Elements("review", "review2", "Review", "created", "x")
        .NonEmptyListOf().Select(segments => string.Join('.', segments.Take(3)));

    [Theory]
    [InlineData("", "anything", true)]
    [InlineData("*", "anything", true)]
    [InlineData("review.created", "review.created", true)]
    [InlineData("review.created", "review.createdx", false)]
    [InlineData("review.created", "Review.created", false)]
    [InlineData("review.*", "review.created", true)]
    [InlineData("review.*", "review.created.twice", true)]
    [InlineData("review.*", "review", false)]
    [InlineData("review.*", "reviews.created", false)]
    [InlineData("review.*", "Review.created", false)]
    [InlineData("a,review.*,b", "b", true)]
    [InlineData("a,review.*,b", "c", false)]
    [InlineData("a,*", "c", true)]
    public void A_filter_matches_names_prefixes_or_everything(string entries, string type, bool matches) =>
        new EventTypeFilter(entries.Split(',', StringSplitOptions.RemoveEmptyEntries)).Matches(type).Should().Be(matches);

    [Theory]
    [InlineData("*")]
    [InlineData("review.*")]
    [InlineData("a.b.*")]
    [InlineData("review.created")]
    public void A_well_formed_entry_is_fine(string entry) => EventTypeFilter.Check(entry).Should().BeNull();

    [Theory]
    [InlineData(null, "event_type.empty")]
    [InlineData("", "event_type.empty")]
    [InlineData(".*", "event_type.empty")]
    [InlineData("**", "event_type.filter")]
    [InlineData("*.*", "event_type.filter")]
    [InlineData("*.created", "event_type.filter")]
    [InlineData("review*", "event_type.filter")]
    [InlineData("re*view.created", "event_type.filter")]
    [InlineData("review.*.*", "event_type.filter")]
    [InlineData("review..*", "event_type.empty_segment")]
    [InlineData("review.", "event_type.empty_segment")]
    [InlineData("re view.*", "event_type.character")]
    public void A_malformed_entry_is_refused_by_its_rule(string? entry, string rule) =>
        EventTypeFilter.Check(entry).Should().Match<WebhookError>(e => e.Rule == rule && e.Member == "event_types");

    [Fact]
    public void A_filter_agrees_with_the_plain_reading_of_its_entries()
    {
        var entry = Gen.Frequency((6, Name), (3, Name.Select(n => n + ".*")), (1, Gen.Constant("*")));
        Properties.ForAll(Gen.Zip(entry.ListOf(), Name), pair =>
        {
            var (entries, type) = (pair.Item1.ToArray(), pair.Item2);
            return new EventTypeFilter(entries).Matches(type) == (entries.Length == 0 || entries.Any(e => Wants(e, type)));
        });

        static bool Wants(string entry, string type)
        {
            var (wanted, given) = (entry.Split('.'), type.Split('.'));
            return wanted[^1] == "*"
                ? given.Length >= wanted.Length && wanted.SkipLast(1).SequenceEqual(given.Take(wanted.Length - 1))
                : wanted.SequenceEqual(given);
        }
    }

    [Fact]
    public void No_string_makes_the_check_throw() => Properties.ForAll(Generate.Garbage, text => { EventTypeFilter.Check(text); });
}
