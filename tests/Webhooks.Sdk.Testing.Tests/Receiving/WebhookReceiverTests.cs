using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Testing.Clocks;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing.Tests.Receiving;

public sealed class WebhookReceiverTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task It_records_method_path_body_and_time_of_what_it_gets()
    {
        var time = new ManualTimeProvider();
        await using var receiver = await WebhookReceiver.StartAsync(new() { Time = time }, Cancel);
        byte[] body = [0, 255, 13, 10, 65];

        var response = await _client.PostAsync(receiver.UrlFor("/a%20b?c=d"), new ByteArrayContent(body), Cancel);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var request = receiver.Requests.Should().ContainSingle().Subject;
        request.Number.Should().Be(1);
        request.Method.Should().Be("POST");
        request.Path.Should().Be("/a%20b?c=d");
        request.Protocol.Should().Be("HTTP/1.1");
        request.Body.ToArray().Should().Equal(body);
        request.ReceivedAt.Should().Be(time.GetUtcNow());
    }

    [Fact]
    public async Task Headers_keep_the_order_and_the_spelling_of_the_wire()
    {
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        using var socket = await ConnectAsync(receiver);
        const string First = "POST /x HTTP/1.1\r\nx-B: 2\r\nHOST: me\r\nX-a:1\r\nContent-length: 25\r\nx-b: 3\r\n\r\nPOST /x HTTP/1.1\r\nlie: 1\r\n";
        const string Second = "POST /x HTTP/1.1\r\nHost: me\r\nZebra: POST /x\r\nAccept: *\r\nContent-Length: 0\r\n\r\n";

        foreach (var text in (string[])[First, Second])
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(text), Cancel);
            await socket.ReceiveAsync(new byte[1024], Cancel);
        }

        receiver.Requests[0].Headers.Select(h => $"{h.Key}={h.Value}").Should().Equal("x-B=2", "HOST=me", "X-a=1", "Content-length=25", "x-b=3");
        receiver.Requests[0].Header("X-B").Should().Be("2, 3");
        receiver.Requests[1].Headers.Select(h => h.Key).Should().Equal("Host", "Zebra", "Accept", "Content-Length");
    }

    [Fact]
    public async Task It_answers_by_script_and_stays_at_the_last_answer()
    {
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        receiver.Answer(500).Then(503, times: 2).Then(200);

        (await StatusesAsync(receiver.Url, 5)).Should().Equal(500, 503, 503, 200, 200);
    }

    [Fact]
    public async Task A_path_has_a_script_of_its_own()
    {
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        receiver.Answer(500);
        receiver.On("/gone").Answer(410).Then(204);

        (await StatusesAsync(receiver.UrlFor("/other"), 2)).Should().Equal(500, 500);
        (await StatusesAsync(receiver.UrlFor("/gone?query=1"), 2)).Should().Equal(410, 204);
    }

    [Fact]
    public async Task A_function_answers_by_request_and_number()
    {
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        receiver.Answer(request => request.Path == "/x" ? 404 : 200 + request.Number);

        (await StatusesAsync(receiver.Url, 2)).Should().Equal(201, 202);
        (await StatusesAsync(receiver.UrlFor("/x"), 1)).Should().Equal(404);
    }

    [Fact]
    public async Task An_answer_has_headers_and_a_body()
    {
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        receiver.Answer(new WebhookAnswer { Status = 429 }.WithHeader("Retry-After", "120").WithHeader("X-Two", "two").WithBody("slow down"));

        var response = await _client.PostAsync(receiver.Url, new StringContent(""), Cancel);

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.GetValues("Retry-After").Should().Equal("120");
        (await response.Content.ReadAsStringAsync(Cancel)).Should().Be("slow down");
    }

    [Fact]
    public async Task A_delayed_answer_is_held_until_its_time_has_come()
    {
        var time = new ManualTimeProvider();
        await using var receiver = await WebhookReceiver.StartAsync(new() { Time = time }, Cancel);
        receiver.Answer(WebhookAnswer.Ok.After(TimeSpan.FromSeconds(8)));

        var response = _client.PostAsync(receiver.Url, new StringContent(""), Cancel);
        await HeldAsync(receiver, 1);
        time.Advance(TimeSpan.FromSeconds(7.9));
        receiver.Held.Should().Be(1);
        response.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        receiver.Held.Should().Be(0);
        (await response).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_request_that_is_never_answered_is_held_until_the_client_goes()
    {
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        receiver.Answer(WebhookAnswer.Never);
        using var gone = new CancellationTokenSource();

        var response = _client.PostAsync(receiver.Url, new StringContent(""), gone.Token);
        await HeldAsync(receiver, 1);
        await gone.CancelAsync();

        await response.Invoking(r => r).Should().ThrowAsync<OperationCanceledException>();
        await HeldAsync(receiver, 0);
    }

    [Fact]
    public async Task Disposing_lets_go_of_what_is_held()
    {
        var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        receiver.Answer(WebhookAnswer.Never);
        var response = _client.PostAsync(receiver.Url, new StringContent(""), Cancel);
        await HeldAsync(receiver, 1);

        await receiver.DisposeAsync();
        await receiver.DisposeAsync();

        await response.Invoking(r => r).Should().ThrowAsync<HttpRequestException>();
        receiver.Held.Should().Be(0);
    }

    [Fact]
    public async Task A_reset_is_a_reset_and_not_an_end()
    {
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        receiver.Answer(WebhookAnswer.Reset);
        using var socket = await ConnectAsync(receiver);

        await socket.SendAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Cancel);

        (await socket.Invoking(s => s.ReceiveAsync(new byte[1024], Cancel).AsTask()).Should().ThrowAsync<SocketException>())
            .Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        receiver.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_connection_cut_in_mid_body_ends_after_the_status_and_some_bytes()
    {
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        receiver.Answer(WebhookAnswer.Ok.WithBody("0123456789") with { CutAfter = 4 });

        using var response = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Post, receiver.Url), HttpCompletionOption.ResponseHeadersRead, Cancel);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var stream = await response.Content.ReadAsStreamAsync(Cancel);
        var bytes = new byte[4];
        await stream.ReadExactlyAsync(bytes, Cancel);
        bytes.Should().Equal("0123"u8.ToArray());
        await stream.Invoking(c => c.ReadAsync(bytes, Cancel).AsTask()).Should().ThrowAsync<HttpIOException>();
    }

    [Fact]
    public async Task A_dripping_body_comes_in_parts()
    {
        var time = new ManualTimeProvider();
        await using var receiver = await WebhookReceiver.StartAsync(new() { Time = time }, Cancel);
        receiver.Answer(WebhookAnswer.Ok.WithBody("abcdef").Dripping(2, TimeSpan.FromSeconds(1)));
        using var response = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Post, receiver.Url), HttpCompletionOption.ResponseHeadersRead, Cancel);
        var stream = await response.Content.ReadAsStreamAsync(Cancel);
        var buffer = new byte[2];

        foreach (var part in (string[])["ab", "cd", "ef"])
        {
            await stream.ReadExactlyAsync(buffer, Cancel);
            Encoding.ASCII.GetString(buffer).Should().Be(part);
            if (part != "ef")
            {
                await HeldAsync(receiver, 1);
                time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        (await stream.ReadAsync(buffer, Cancel)).Should().Be(0);
    }

    [Fact]
    public async Task It_checks_signatures_and_refuses_what_is_not_genuine()
    {
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        await using var receiver = await WebhookReceiver.StartAsync(new() { Time = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1614265330)) }, Cancel);
        receiver.VerifyWith(WebhookProfiles.Standard, Secret);

        var genuine = await _client.SendAsync(Signed("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), Cancel);
        var forged = await _client.SendAsync(Signed("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA="), Cancel);

        genuine.StatusCode.Should().Be(HttpStatusCode.OK);
        forged.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        receiver.Requests.Select(r => r.Verification!.Value.Failure).Should().Equal(VerificationFailure.None, VerificationFailure.NoMatchingSignature);
        receiver.Requests[0].Verify(WebhookProfiles.Standard, Secret).IsVerified.Should().BeTrue();
        receiver.Requests[0].Verify(WebhookProfiles.Standard, [Secret], TimeProvider.System).Failure.Should().Be(VerificationFailure.TimestampTooOld);

        HttpRequestMessage Signed(string signature) => new(HttpMethod.Post, receiver.Url)
        {
            Content = new ByteArrayContent("""{"test": 2432232314}"""u8.ToArray()),
            Headers = { { "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek" }, { "webhook-timestamp", "1614265330" }, { "webhook-signature", "v1," + signature } },
        };
    }

    [Fact]
    public async Task Over_https_it_speaks_http_2()
    {
        await using var receiver = await WebhookReceiver.StartAsync(new() { Https = true }, Cancel);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Equals(receiver.Certificate) },
        });
        using var message = new HttpRequestMessage(HttpMethod.Post, receiver.UrlFor("/h2"))
        {
            Version = HttpVersion.Version20,
            Headers = { { "X-One", "1" } },
            Content = new StringContent("{}"),
        };

        await client.SendAsync(message, Cancel);

        receiver.Url.Should().StartWith("https://");
        receiver.Requests[0].Protocol.Should().Be("HTTP/2");
        receiver.Requests[0].Header("x-one").Should().Be("1");
        receiver.Requests[0].Text.Should().Be("{}");
    }

    [Fact]
    public async Task A_certificate_can_be_expired_or_for_another_host()
    {
        await using var receiver = await WebhookReceiver.StartAsync(new() { Https = true, Certificate = TestCertificate.Create("example.test", TimeSpan.FromDays(-1)) }, Cancel);
        var errors = SslPolicyErrors.None;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, certificate, _, found) =>
                {
                    errors = found;
                    return certificate!.Equals(receiver.Certificate);
                },
            },
        });

        await client.PostAsync(receiver.Url, new StringContent(""), Cancel);

        errors.Should().HaveFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        receiver.Certificate!.NotAfter.Should().BeBefore(TimeProvider.System.GetLocalNow().DateTime);
    }

    [Fact]
    public async Task Waiting_in_vain_says_what_came()
    {
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken: Cancel);
        await _client.PostAsync(receiver.UrlFor("/only"), new StringContent(""), Cancel);

        (await receiver.WaitForAsync(1, cancellationToken: Cancel)).Should().ContainSingle();
        var wait = () => receiver.WaitForAsync(2, TimeSpan.FromMilliseconds(20), Cancel);

        (await wait.Should().ThrowAsync<TimeoutException>()).WithMessage("1 of 2 requests arrived*#1 POST /only*");
    }

    private async Task<IReadOnlyList<int>> StatusesAsync(string url, int count)
    {
        List<int> statuses = [];
        for (var i = 0; i < count; i++)
        {
            using var response = await _client.PostAsync(url, new StringContent(""), Cancel);
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }

    private static async Task<Socket> ConnectAsync(WebhookReceiver receiver)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(receiver.Url).Port, Cancel);
        return socket;
    }

    private static Task HeldAsync(WebhookReceiver receiver, int count) => receiver.WaitForHeldAsync(count, cancellationToken: Cancel);
}
