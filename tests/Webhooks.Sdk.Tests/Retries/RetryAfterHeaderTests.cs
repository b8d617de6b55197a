using FsCheck.Fluent;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Retries;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset Now = new(1994, 11, 6, 8, 47, 37, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 120 ", 120)]
    [InlineData("0", 0)]
    [InlineData("000120", 120)]
    [InlineData("999999999", 999_999_999)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 120)] // IMF-fixdate
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 120)] // RFC 850
    [InlineData("Sun Nov  6 08:49:37 1994", 120)] // asctime
    [InlineData("Wed Nov 16 08:47:37 1994", 864_000)]
    [InlineData("Sun, 06 Nov 1994 08:45:37 GMT", -120)] // past
    public void Whole_seconds_and_HTTP_dates_are_read(string header, long seconds) =>
        RetryAfterHeader.Parse(header, Now).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("99999999999")]
    [InlineData("99999999999999999999999999999999")]
    public void More_seconds_than_a_number_holds_are_longer_than_any_limit(string header) =>
        RetryAfterHeader.Parse(header, Now).Should().BeGreaterThan(TimeSpan.FromDays(10_000));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("120.5")]
    [InlineData("1e3")]
    [InlineData("120s")]
    [InlineData("120, 240")]
    [InlineData("120\0")]
    [InlineData("١٢٠")]
    [InlineData("soon")]
    [InlineData("1994-11-06T08:49:37Z")]
    [InlineData("Sun, 06 Nov 1994 08:49:37")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 CET")]
    [InlineData("Mon, 06 Nov 1994 08:49:37 GMT")] // it was a Sunday
    [InlineData("Sun, 31 Nov 1994 08:49:37 GMT")]
    public void Garbage_is_as_good_as_absent(string? header) => RetryAfterHeader.Parse(header, Now).Should().BeNull();

    [Fact]
    public void Nothing_that_an_endpoint_sends_throws() => Properties.ForAll(
        Gen.OneOf(Generate.Garbage, Generate.From("1", "99999", "Sun, ", "06 Nov ", "1994 ", "08:49:37 ", "GMT", "-", "0001", "9999", " ")),
        header => { RetryAfterHeader.Parse(header, Now); });
}
