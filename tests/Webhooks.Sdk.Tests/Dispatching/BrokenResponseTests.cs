using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>Answers that are not quite HTTP, and connections that end where they should not.</summary>
public sealed class BrokenResponseTests
{
    [Theory]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("HTTP/1.1 2xx Fine\r\n\r\n")]
    [InlineData("HTTP/1.1 99999 Fine\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: no name\r\n\r\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\r\n\r\n")]
    public async Task An_answer_that_is_not_http_is_an_invalid_response(string answer)
    {
        await using var server = RawServer.Answering(answer);
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeError(AttemptError.InvalidResponse);
        result.ErrorMessage.Should().Be("The answer is not valid HTTP.");
    }

    [Fact]
    public async Task What_the_receiver_wrote_into_its_status_line_is_not_repeated()
    {
        // A receiver may echo anything there, the secret that it was sent included.
        await using var server = RawServer.Answering("whsec_echoed_secret\r\n\r\n");
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ErrorMessage.Should().NotContain("whsec");
    }

    [Fact]
    public async Task A_close_without_an_answer_is_a_lost_connection()
    {
        await using var server = new RawServer(c => c.ReadRequestAsync());
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ShouldBeError(AttemptError.ConnectionLost);
        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task A_reset_without_an_answer_is_a_lost_connection()
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            c.Reset();
        });
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ShouldBeError(AttemptError.ConnectionLost);
        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task A_close_in_the_middle_of_the_headers_is_a_lost_connection()
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nX-Half: ");
        });
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ShouldBeError(AttemptError.ConnectionLost);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(500)]
    public async Task A_reset_in_the_middle_of_the_body_leaves_the_status_as_it_is(int status)
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync($"HTTP/1.1 {status} Any\r\nContent-Length: 1000\r\nX-Kept: yes\r\n\r\n");
            c.Reset();
        });
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeAnswer(status);
        result.ResponseHeaders.Should().Contain("X-Kept: yes\n");
    }

    [Fact]
    public async Task A_body_that_ends_early_after_200_is_a_success_with_what_was_read()
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
        });
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeAnswer(200);
        result.BodyText().Should().Be("half");
    }

    [Theory]
    [InlineData("not a length\r\n")]
    [InlineData("4\r\nhalf\r\nnot a length\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n")]
    public async Task A_body_in_broken_chunks_after_200_is_a_success(string chunks)
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        });
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ShouldBeAnswer(200);
    }

    [Fact]
    public async Task Response_headers_are_kept_one_a_line_without_control_characters()
    {
        // Folded lines and bare control characters would forge lines of the log; a NUL cannot be stored by every database.
        await using var server = RawServer.Answering(
            "HTTP/1.1 201 Created\r\nServer: x\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Folded: one\r\n two\r\nX-Nul: a\0b\r\nX-Bell: a\u0007b\tc\r\nContent-Length: 0\r\n\r\n");
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeAnswer(201);
        result.ResponseHeaders!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().BeEquivalentTo(
            "Server: x", "Set-Cookie: a=1", "Set-Cookie: b=2", "X-Folded: one   two", "X-Nul: a b", "X-Bell: a b c", "Content-Length: 0");
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(410)]
    [InlineData(599)]
    [InlineData(999)]
    public async Task Any_status_is_the_result(int status)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 {status} Any\r\nContent-Length: 0\r\n\r\n");
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ShouldBeAnswer(status);
    }
}
