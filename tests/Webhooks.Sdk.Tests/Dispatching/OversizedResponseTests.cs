using System.IO.Compression;
using System.Text;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>What a receiver sends is bounded in memory and in time, whatever it says about its length.</summary>
public sealed class OversizedResponseTests
{
    private const int Kept = 4096;

    [Fact]
    public async Task A_body_of_ten_megabytes_is_cut_at_four_kilobytes()
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n");
            await c.WriteAsync(Enumerable.Repeat((byte)'z', 10 * 1024 * 1024).ToArray());
        });
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeAnswer(200);
        result.BodyText().Should().Be(new string('z', Kept));
    }

    [Fact]
    public async Task An_endless_body_is_cut_and_the_connection_closed()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            try
            {
                while (true)
                {
                    await c.WriteAsync("400\r\n" + new string('e', 0x400) + "\r\n");
                }
            }
            catch (IOException)
            {
                closed.SetResult();
            }
        });
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeAnswer(200);
        result.BodyText().Should().Be(new string('e', Kept));
        await closed.Task.WaitAsync(Sender.Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task How_much_is_kept_is_an_option(int kept)
    {
        var text = new string('k', 20_000);
        await using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n{text}");
        await using var sender = Sender.Local(w => w.ConfigureDispatch(o => o.MaxResponseBytes = kept));

        (await sender.SendAsync(server.Url)).ResponseBody.Length.Should().Be(Math.Min(kept, text.Length));
    }

    [Fact]
    public async Task A_compressed_body_is_kept_as_it_came()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[10 * 1024 * 1024]);
        }

        await using var server = new RawServer(async c =>
        {
            (await c.ReadRequestAsync())!.Header("Accept-Encoding").Should().BeEmpty();
            await c.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n");
            await c.WriteAsync(bomb.ToArray());
        });
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeAnswer(200);
        result.ResponseBody.ToArray().Should().Equal(bomb.ToArray().Take(Kept));
    }

    [Fact]
    public async Task One_huge_header_is_an_invalid_response()
    {
        await using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\nX-Huge: {new string('h', 20 * 1024)}\r\nContent-Length: 0\r\n\r\n");
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeError(AttemptError.InvalidResponse);
        result.ErrorMessage.Should().Be("The response headers are longer than 16 KB.");
    }

    [Fact]
    public async Task Headers_without_end_are_an_invalid_response()
    {
        var line = Encoding.ASCII.GetBytes("X-More: and more\r\n");
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\n");
            while (true)
            {
                await c.WriteAsync(line);
            }
        });
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ShouldBeError(AttemptError.InvalidResponse);
    }

    [Fact]
    public async Task A_flood_of_interim_responses_is_counted_as_headers()
    {
        var interim = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 100)));
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            while (true)
            {
                await c.WriteAsync(interim);
            }
        });
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ShouldBeError(AttemptError.InvalidResponse);
    }

    [Fact]
    public async Task Headers_just_under_the_limit_are_kept_whole()
    {
        var value = new string('v', 15 * 1024);
        await using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\nX-Long: {value}\r\nContent-Length: 0\r\n\r\n");
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url);

        result.ShouldBeAnswer(200);
        result.ResponseHeaders.Should().Contain($"X-Long: {value}\n");
    }
}
