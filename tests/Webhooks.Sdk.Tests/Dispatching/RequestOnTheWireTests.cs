using System.Collections.Concurrent;
using System.Diagnostics;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>What leaves the process, to the byte.</summary>
public sealed class RequestOnTheWireTests
{
    [Fact]
    public async Task A_request_holds_what_it_needs_and_nothing_else()
    {
        var (request, result) = await SendAsync(_ => { });

        result.ShouldBeAnswer(200);
        request!.RequestLine.Should().Be("POST /hooks?token=t HTTP/1.1");
        request.HeaderNames.Should().BeEquivalentTo("host", "user-agent", "content-type", "content-length");
        request.Header("Content-Type").Should().Equal("application/json");
        request.Header("User-Agent").Should().Equal("Webhooks.Sdk");
        request.Text.Should().Be("{}");
    }

    [Fact]
    public async Task A_content_type_goes_out_exactly_as_the_envelope_spells_it()
    {
        foreach (var type in new[] { "application/json;charset=utf-8", "application/cloudevents+json", "application/x-www-form-urlencoded" })
        {
            var (request, _) = await SendAsync(r => r.ContentType = type);
            request!.Header("Content-Type").Should().Equal(type);
        }
    }

    [Fact]
    public async Task The_current_trace_is_not_sent()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = new Activity("host").SetBaggage("user", "7").Start();

        var (request, _) = await SendAsync(_ => { });

        request!.HeaderNames.Should().NotContain(["traceparent", "tracestate", "baggage", "correlation-context", "request-id"]);
    }

    [Fact]
    public async Task A_cookie_is_not_replayed()
    {
        var requests = new ConcurrentQueue<RawRequest>();
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nSet-Cookie: session=1; Path=/\r\nContent-Length: 0\r\n\r\n", requests);
        await using var sender = Sender.Local();

        (await sender.SendAsync(server.Url)).ResponseHeaders.Should().Contain("Set-Cookie: session=1");
        await sender.SendAsync(server.Url);

        requests.Should().HaveCount(2).And.OnlyContain(r => r.Header("Cookie").Length == 0);
    }

    [Fact]
    public async Task Bodies_of_different_lengths_follow_each_other_whole()
    {
        var requests = new ConcurrentQueue<RawRequest>();
        await using var server = RawServer.Answering(RawConnection.Ok, requests);
        await using var sender = Sender.Local();
        string[] bodies = ["{}", new('a', 300_000), "", new('b', 17), new('c', 70_000), "{}"];

        foreach (var body in bodies)
        {
            (await sender.SendAsync(server.Url, body: body)).ShouldBeAnswer(200);
        }

        requests.Select(r => r.Text).Should().Equal(bodies);
        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task Custom_headers_are_sent()
    {
        var (request, _) = await SendAsync(r =>
        {
            r.Headers.Add("X-Api-Key", "k;1, \"two\"");
            r.Headers.Add("Authorization", "Bearer abc");
        });

        request!.Header("X-Api-Key").Should().Equal("k;1, \"two\"");
        request.Header("Authorization").Should().Equal("Bearer abc");
    }

    [Theory]
    [InlineData("X-A", "a\r\nX-Smuggled: 1")]
    [InlineData("X-A", "a\r\n\r\nPOST /admin HTTP/1.1\r\nHost: inside\r\n\r\n")]
    [InlineData("X-A", "a\nb")]
    [InlineData("X-A", "a\r\n folded")]
    [InlineData("X-A", "a\0b")]
    [InlineData("X-A", "naïve")]
    [InlineData("X-A\r\nX-B", "1")]
    [InlineData("X A", "1")]
    [InlineData("", "1")]
    [InlineData("Host", "169.254.169.254")]
    [InlineData("Content-Length", "1")]
    [InlineData("Content-Type", "text/html")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Connection", "close")]
    [InlineData("Expect", "100-continue")]
    [InlineData("Cookie", "session=1")]
    [InlineData("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("baggage", "user=7")]
    [InlineData("User-Agent", "other")]
    [InlineData("Proxy-Authorization", "Basic abc")]
    public async Task A_header_of_an_envelope_or_signer_that_is_not_allowed_is_refused_before_anything_is_sent(string name, string value)
    {
        var (request, result) = await SendAsync(r => r.Headers.Add(name, value));

        request.Should().BeNull();
        result.ShouldBeError(AttemptError.InvalidRequest);
        result.ErrorMessage.Should().StartWith("headers.");
    }

    [Fact]
    public async Task A_refusal_does_not_repeat_the_header_value()
    {
        var (_, result) = await SendAsync(r => r.Headers.Add("Authorization", "=secret= \r\n"));
        result.ErrorMessage.Should().NotContain("secret");

        (_, result) = await SendAsync(r => r.Headers.Add("If-Match", "secret"));
        result.ErrorMessage.Should().NotContain("secret");
    }

    [Theory]
    [InlineData("not a type")]
    [InlineData("application/json\r\nX-Smuggled: 1")]
    [InlineData("")]
    public async Task A_content_type_that_is_none_is_refused_every_time(string type)
    {
        var requests = new ConcurrentQueue<RawRequest>();
        await using var server = RawServer.Answering(RawConnection.Ok, requests);
        await using var sender = Sender.Local();
        for (var i = 0; i < 2; i++)
        {
            var request = Sender.Request(server.Url);
            request.ContentType = type;
            (await sender.SendAsync(request)).ShouldBeError(AttemptError.InvalidRequest);
        }

        (await sender.SendAsync(server.Url)).ShouldBeAnswer(200);
        requests.Single().Header("Content-Type").Should().Equal("application/json");
    }

    private static async Task<(RawRequest? Request, AttemptResult Result)> SendAsync(Action<Webhooks.Sdk.Dispatching.WebhookRequest> change)
    {
        var requests = new ConcurrentQueue<RawRequest>();
        await using var server = RawServer.Answering(RawConnection.Ok, requests);
        await using var sender = Sender.Local();
        var request = Sender.Request(new Uri(server.Url + "?token=t"));
        change(request);
        var result = await sender.SendAsync(request);
        return (requests.SingleOrDefault(), result);
    }
}
