using System.Net;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>One deadline for DNS, connect, TLS, sending, headers and body, whatever the receiver draws out.</summary>
public sealed class SlowReceiverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Headers_that_never_come_end_the_attempt_at_its_deadline()
    {
        await using var server = new RawServer(c => c.HangAsync());
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url, Sender.Short);

        result.ShouldBeTimeoutAfter(Sender.Short);
        result.ErrorMessage.Should().Be("No answer within 0.7 s.");
    }

    [Fact]
    public async Task Headers_that_dribble_do_not_prolong_the_deadline()
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nX-Slow: ");
            await DribbleAsync(c, "a");
        });
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url, Sender.Short)).ShouldBeTimeoutAfter(Sender.Short);
    }

    [Fact]
    public async Task Interim_responses_without_end_do_not_prolong_the_deadline()
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await DribbleAsync(c, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        });
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url, Sender.Short)).ShouldBeTimeoutAfter(Sender.Short);
    }

    [Fact]
    public async Task The_answer_behind_a_few_interim_responses_is_the_answer()
    {
        await using var server = RawServer.Answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + RawConnection.Ok);
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ShouldBeAnswer(200);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task A_body_that_dribbles_is_read_until_the_deadline_and_the_status_counts(int status)
    {
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync($"HTTP/1.1 {status} Any\r\nContent-Length: 4000\r\n\r\nbeginning");
            await DribbleAsync(c, ".");
        });
        await using var sender = Sender.Local();

        var result = await sender.SendAsync(server.Url, Sender.Short);

        result.ShouldBeAnswer(status);
        result.ShouldHaveTaken(Sender.Short);
        result.BodyText().Should().StartWith("beginning");
    }

    [Fact]
    public async Task A_receiver_that_does_not_read_the_request_is_left_at_the_deadline()
    {
        await using var server = new RawServer(c => Task.Delay(Timeout.Infinite, c.Stopped));
        await using var sender = Sender.Local();

        // More than the socket buffers of both sides hold.
        (await sender.SendAsync(server.Url, Sender.Short, body: new string('x', 32 * 1024 * 1024))).ShouldBeTimeoutAfter(Sender.Short);
    }

    [Fact]
    public async Task A_connection_that_does_not_open_ends_at_the_deadline()
    {
        using var full = await FullBacklog.CreateAsync(Cancel);
        await using var sender = Sender.Local();

        (await sender.SendAsync(full.Url, Sender.Short)).ShouldBeTimeoutAfter(Sender.Short);
    }

    [Fact]
    public async Task A_connection_that_does_not_open_within_the_connect_timeout_is_a_connect_error()
    {
        using var full = await FullBacklog.CreateAsync(Cancel);
        await using var sender = Sender.Local(w => w.ConfigureDispatch(o => o.ConnectTimeout = Sender.Short));

        var result = await sender.SendAsync(full.Url, Sender.Patience);

        result.ShouldBeError(AttemptError.Connect);
        result.ShouldHaveTaken(Sender.Short);
    }

    [Fact]
    public async Task A_tls_handshake_that_hangs_ends_at_the_deadline()
    {
        await using var server = new RawServer(c => c.HangAsync());
        await using var sender = Sender.Local();

        (await sender.SendAsync(new Uri($"https://127.0.0.1:{server.Port}/"), Sender.Short)).ShouldBeTimeoutAfter(Sender.Short);
    }

    [Fact]
    public async Task A_resolver_that_ignores_its_token_does_not_prolong_the_deadline()
    {
        await using var sender = Sender.Local(resolver: (_, _) => new TaskCompletionSource<IPAddress[]>().Task);

        (await sender.SendAsync(new Uri("http://dead.example/"), Sender.Short)).ShouldBeTimeoutAfter(Sender.Short);
    }

    [Fact]
    public async Task The_stages_share_one_deadline()
    {
        // Each stage alone stays inside the deadline; together they do not.
        var part = Sender.Short * 0.6;
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await Task.Delay(part, c.Stopped);
            await c.WriteAsync(RawConnection.Ok);
        });
        await using var sender = Sender.Local(resolver: async (_, token) =>
        {
            await Task.Delay(part, token);
            return [IPAddress.Loopback];
        });

        (await sender.SendAsync(new Uri($"http://slow.example:{server.Port}/"), Sender.Short)).ShouldBeTimeoutAfter(Sender.Short);
    }

    [Fact]
    public async Task A_host_that_goes_down_ends_the_attempt_as_aborted()
    {
        using var abort = new CancellationTokenSource();
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await abort.CancelAsync();
            await c.HangAsync();
        });
        await using var sender = Sender.Local();

        var result = await sender.Dispatcher.DispatchAsync(Sender.Request(server.Url), abort.Token);

        result.ShouldBeError(AttemptError.Aborted);
        result.Duration.Should().BeLessThan(Sender.Patience / 2);
    }

    // The pause is the fault itself: a receiver that sends a little, forever.
    private static async Task DribbleAsync(RawConnection connection, string piece)
    {
        while (true)
        {
            await connection.WriteAsync(piece);
            await Task.Delay(TimeSpan.FromMilliseconds(50), connection.Stopped);
        }
    }
}
