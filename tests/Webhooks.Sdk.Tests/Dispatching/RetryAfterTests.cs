using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>From the receiver's header to the wait that it asks for.</summary>
public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 18, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120d)]
    [InlineData("0", 0d)]
    [InlineData("Sun, 18 Oct 2026 12:05:00 GMT", 300d)]
    [InlineData("Sun, 18 Oct 2026 11:00:00 GMT", -3600d)]
    [InlineData("-5", null)]
    [InlineData("120.5", null)]
    [InlineData("99999999999", 36_500d * 24 * 60 * 60)] // the policy cuts it to a day
    [InlineData("soon", null)]
    [InlineData("", null)]
    public async Task The_header_of_429_and_503_is_kept_raw_and_read_as_the_specification_says(string header, double? seconds)
    {
        foreach (var status in new[] { 429, 503 })
        {
            await using var server = RawServer.Answering($"HTTP/1.1 {status} Later\r\nRetry-After: {header}\r\nContent-Length: 0\r\n\r\n");
            await using var sender = Sender.Local();

            var result = await sender.SendAsync(server.Url);

            result.ShouldBeAnswer(status);
            result.RetryAfter.Should().Be(header);
            RetryAfterHeader.Parse(result.RetryAfter, Now)?.TotalSeconds.Should().Be(seconds);
            (RetryAfterHeader.Parse(result.RetryAfter, Now) is null).Should().Be(seconds is null);
        }
    }

    [Fact]
    public async Task The_first_of_several_counts()
    {
        await using var server = RawServer.Answering("HTTP/1.1 503 Later\r\nRetry-After: 7\r\nRetry-After: 700\r\nContent-Length: 0\r\n\r\n");
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).RetryAfter.Should().Be("7");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(500)]
    public async Task Other_statuses_ask_for_nothing(int status)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 {status} Any\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n");
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).RetryAfter.Should().BeNull();
    }
}
