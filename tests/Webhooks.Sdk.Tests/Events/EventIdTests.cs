using Webhooks.Sdk.Events;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Events;

public sealed class EventIdTests
{
    [Fact]
    public void An_id_is_evt_and_a_ULID() => EventId.New(Sample.Time).Should().MatchRegex("^evt_[0-7][0-9A-HJKMNP-TV-Z]{25}$");

    [Theory]
    [InlineData(0L, "0000000000")]
    [InlineData(1L, "0000000001")]
    [InlineData(1469918176385L, "01ARYZ6S41")] // the ULID specification's own example
    [InlineData(1777041000000L, "01KPZYBHJ0")]
    public void Its_first_ten_characters_are_the_time(long milliseconds, string time) =>
        EventId.New(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)).Should().StartWith("evt_" + time);

    [Fact]
    public void Ids_of_one_millisecond_differ() =>
        Enumerable.Range(0, 10_000).Select(_ => EventId.New(Sample.Time)).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Later_ids_sort_later()
    {
        var ids = Enumerable.Range(0, 100).Select(i => EventId.New(Sample.Time.AddMilliseconds(i))).ToArray();
        ids.Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public void An_id_is_a_valid_message_id() => Identifiers.CheckMessageId("id", EventId.New(Sample.Time)).Should().BeNull();
}
