using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class Http2Tests : IDisposable
{
    private static readonly HostResolver Loopback = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    private readonly Certificates _certificates = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task A_published_event_arrives_signed_over_http2()
    {
        var arrived = new TaskCompletionSource<(string Protocol, byte[] Body, Dictionary<string, string> Headers)>();
        await using var receiver = await SecureReceiver.StartAsync(_certificates, async context =>
        {
            var body = await ReadAsync(context);
            arrived.TrySetResult((context.Request.Protocol, body, context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString())));
        });
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Loopback);
        builder.Services.AddWebhooks(w => Trust(w.AllowPrivateNetworks()));
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        var created = await host.Services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(new NewSubscription { Url = receiver.Url.ToString() }, Cancel);

        await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync("review-created", """{"id":7}""", cancellationToken: Cancel);

        var (protocol, received, headers) = await arrived.Task.WaitAsync(Sender.Patience, Cancel);
        protocol.Should().Be("HTTP/2");
        new WebhookVerifier(WebhookProfiles.Standard.Signer, [created.Secret!]).Verify(received, name => headers.GetValueOrDefault(name)).IsVerified.Should().BeTrue();
        headers["content-type"].Should().Be("application/json");
        headers["user-agent"].Should().Be("Webhooks.Sdk");
        headers.Keys.Should().BeEquivalentTo("host", "user-agent", "content-type", "content-length", "webhook-id", "webhook-timestamp", "webhook-signature");
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Many_requests_share_one_connection_and_keep_their_own_bodies()
    {
        var connections = new ConcurrentDictionary<string, bool>();
        await using var receiver = await SecureReceiver.StartAsync(_certificates, async context =>
        {
            connections.TryAdd(context.Connection.Id, true);
            await context.Response.Body.WriteAsync((await ReadAsync(context)).AsMemory(0, 10));
        });
        await using var sender = Local();
        (await sender.SendAsync(receiver.Url, body: "0000000000")).BodyText().Should().Be("0000000000");

        var answers = await Task.WhenAll(Enumerable.Range(1, 60).Select(async i =>
        {
            var text = i.ToString("D10", CultureInfo.InvariantCulture);
            return (text, result: await sender.SendAsync(receiver.Url, body: text + new string('x', i * 1000)));
        }));

        answers.Should().OnlyContain(a => a.result.StatusCode == 200 && a.result.BodyText() == a.text);
        connections.Should().ContainSingle();
    }

    [Fact]
    public async Task After_an_early_answer_no_byte_of_the_next_body_goes_out_with_this_one()
    {
        var refilled = new TaskCompletionSource();
        var received = new TaskCompletionSource<List<byte>>();
        await using var receiver = await SecureReceiver.StartAsync(_certificates, async context =>
        {
            var buffer = new byte[4096];
            var bytes = new List<byte>(buffer.Take(await context.Request.Body.ReadAsync(buffer)));
            context.Response.StatusCode = 413;
            await context.Response.Body.WriteAsync(new byte[8 * 1024]);
            await context.Response.Body.FlushAsync();
            await refilled.Task;
            try
            {
                for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0;)
                {
                    bytes.AddRange(buffer.AsSpan(0, read));
                }
            }
            catch (IOException)
            {
                // The sender gave the rest up.
            }

            received.SetResult(bytes);
        });
        await using var sender = Local();
        var body = new byte[256 * 1024];
        body.AsSpan().Fill((byte)'a');
        var request = Sender.Request(receiver.Url);
        request.Body = body;

        (await sender.SendAsync(request)).ShouldBeAnswer(413);
        body.AsSpan().Fill((byte)'b');
        refilled.SetResult();

        (await received.Task.WaitAsync(Cancel)).Should().HaveCountLessThan(body.Length).And.OnlyContain(b => b == 'a');
    }

    [Fact]
    public async Task A_receiver_that_ends_the_stream_without_an_answer_is_asked_once()
    {
        var requests = 0;
        await using var receiver = await SecureReceiver.StartAsync(_certificates, async context =>
        {
            await ReadAsync(context);
            if (Interlocked.Increment(ref requests) > 1)
            {
                context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(2); // INTERNAL_ERROR
            }
        });
        await using var sender = Local();
        (await sender.SendAsync(receiver.Url)).ShouldBeAnswer(200);

        (await sender.SendAsync(receiver.Url)).ShouldBeError(AttemptError.ConnectionLost);

        requests.Should().Be(2);
    }

    [Fact]
    public async Task A_hanging_answer_ends_at_the_deadline_and_the_connection_lives_on()
    {
        var connections = new ConcurrentDictionary<string, bool>();
        await using var receiver = await SecureReceiver.StartAsync(_certificates, async context =>
        {
            connections.TryAdd(context.Connection.Id, true);
            if (context.Request.Query.ContainsKey("hang"))
            {
                var gone = new TaskCompletionSource();
                await using var _ = context.RequestAborted.Register(gone.SetResult);
                await gone.Task;
            }
        });
        await using var sender = Local();
        (await sender.SendAsync(receiver.Url)).ShouldBeAnswer(200);

        (await sender.SendAsync(new Uri(receiver.Url + "?hang"), Sender.Short)).ShouldBeTimeoutAfter(Sender.Short);
        (await sender.SendAsync(receiver.Url)).ShouldBeAnswer(200);

        connections.Should().ContainSingle();
    }

    [Fact]
    public async Task Huge_headers_are_an_invalid_response()
    {
        await using var receiver = await SecureReceiver.StartAsync(_certificates, context =>
        {
            context.Response.Headers["X-Huge"] = new string('h', 15 * 1024);
            context.Response.Headers["X-Huge-Too"] = new string('h', 15 * 1024);
            return Task.CompletedTask;
        });
        await using var sender = Local();

        (await sender.SendAsync(receiver.Url)).ShouldBeError(AttemptError.InvalidResponse);
    }

    [Fact]
    public async Task An_endless_body_is_cut()
    {
        var ended = new TaskCompletionSource();
        await using var receiver = await SecureReceiver.StartAsync(_certificates, async context =>
        {
            try
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(new byte[1024], context.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
                ended.SetResult();
            }
        });
        await using var sender = Local();

        var result = await sender.SendAsync(receiver.Url);

        result.ShouldBeAnswer(200);
        result.ResponseBody.Length.Should().Be(4096);
        await ended.Task.WaitAsync(Sender.Patience, Cancel);
    }

    [Fact]
    public async Task A_receiver_without_http2_gets_http1()
    {
        await using var receiver = await SecureReceiver.StartAsync(_certificates, c => c.Response.WriteAsync(c.Request.Protocol), HttpProtocols.Http1);
        await using var sender = Local();

        (await sender.SendAsync(receiver.Url)).BodyText().Should().Be("HTTP/1.1");
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private Sender Local() => Sender.Local(Trust, Loopback);

    private void Trust(WebhooksBuilder webhooks) => webhooks.ConfigureTls(tls => tls.CertificateChainPolicy = new X509ChainPolicy
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { _certificates.Authority },
        RevocationMode = X509RevocationMode.NoCheck,
    });
}
