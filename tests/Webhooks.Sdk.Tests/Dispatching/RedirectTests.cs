using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_answer_that_is_not_followed(int status)
    {
        await using var target = RawServer.Answering(RawConnection.Ok);
        await using var server = RawServer.Answering($"HTTP/1.1 {status} Away\r\nLocation: {target.Url}\r\nContent-Length: 0\r\n\r\n");
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeAnswer(status);
        result.ResponseHeaders.Should().Contain($"Location: {target.Url}\n");
        target.Connections.Should().Be(0);
    }

    [Theory]
    [InlineData("/hooks")] // a loop
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_to_itself_or_to_the_inside_is_one_request(string location)
    {
        var requests = new System.Collections.Concurrent.ConcurrentQueue<RawRequest>();
        await using var server = RawServer.Answering($"HTTP/1.1 307 Away\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n", requests);
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ShouldBeAnswer(307);

        requests.Should().ContainSingle();
    }
}
