using System.Collections.Concurrent;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>Connections are kept, and a receiver may close a kept one at any moment, the moment of the next request included.</summary>
public sealed class ConnectionReuseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_is_used_again()
    {
        await using var server = RawServer.Answering(RawConnection.Ok);
        await using var sender = Sender.Local();

        for (var i = 0; i < 5; i++)
        {
            (await sender.SendAsync(server.Url)).ShouldBeAnswer(200);
        }

        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task An_idle_connection_that_was_closed_is_replaced()
    {
        var closed = new SemaphoreSlim(0);
        await using var server = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync(RawConnection.Ok);
            c.Socket.Close();
            closed.Release();
        });
        await using var sender = Sender.Local();

        for (var i = 0; i < 20; i++)
        {
            (await sender.SendAsync(server.Url)).ShouldBeAnswer(200);
            await closed.WaitAsync(Cancel);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kept_connection_that_closes_as_the_next_request_arrives_costs_no_attempt(bool reset)
    {
        // The keep-alive race: the receiver gives up an idle connection while our request is on its way.
        var answered = new ConcurrentQueue<RawRequest>();
        await using var server = new RawServer(async c =>
        {
            answered.Enqueue((await c.ReadRequestAsync())!);
            await c.WriteAsync(RawConnection.Ok);
            await c.ReadRequestAsync();
            if (reset)
            {
                c.Reset();
            }
        });
        await using var sender = Sender.Local();

        for (var i = 1; i <= 3; i++)
        {
            (await sender.SendAsync(server.Url, body: $"{{\"n\":{i}}}")).ShouldBeAnswer(200);
        }

        answered.Select(r => r.Text).Should().Equal("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
        server.Connections.Should().Be(3);
    }

    [Fact]
    public async Task A_receiver_that_never_answers_on_a_kept_connection_is_asked_twice_at_most()
    {
        var requests = new ConcurrentQueue<RawRequest>();
        await using var server = new RawServer(async c =>
        {
            requests.Enqueue((await c.ReadRequestAsync())!);
            if (c.Number > 1)
            {
                return;
            }

            await c.WriteAsync(RawConnection.Ok);
            requests.Enqueue((await c.ReadRequestAsync())!);
        });
        await using var sender = Sender.Local();
        (await sender.SendAsync(server.Url)).ShouldBeAnswer(200);

        (await sender.SendAsync(server.Url)).ShouldBeError(AttemptError.ConnectionLost);

        requests.Should().HaveCount(3);
        server.Connections.Should().Be(2);
    }

    [Fact]
    public async Task A_longer_answer_than_we_keep_does_not_cost_the_connection()
    {
        var text = new string('k', 20_000);
        await using var server = RawServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n{text}");
        await using var sender = Sender.Local();

        for (var i = 0; i < 5; i++)
        {
            (await sender.SendAsync(server.Url)).ResponseBody.Length.Should().Be(4096);
        }

        // The rest is drained behind the attempt's back: a request that comes before that has ended opens another connection.
        server.Connections.Should().BeLessThan(5);
    }
}
