using System.Collections.Concurrent;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class ProxyTests
{
    [Fact]
    public async Task A_proxy_of_the_environment_is_ignored()
    {
        var requests = new ConcurrentQueue<RawRequest>();
        await using var proxy = RawServer.Answering(RawConnection.Ok, requests);
        await using var server = RawServer.Answering(RawConnection.Ok, requests);
        var setting = $"http://127.0.0.1:{proxy.Port}";

        var lines = await Probe.WithEnvironmentAsync(
            new() { ["HTTP_PROXY"] = setting, ["http_proxy"] = setting, ["ALL_PROXY"] = setting, ["all_proxy"] = setting, ["NO_PROXY"] = "", ["no_proxy"] = "" },
            "--allow-private", server.Url.ToString());

        lines.Should().ContainSingle().Which.Status.Should().Be(200);
        proxy.Connections.Should().Be(0);
        requests.Should().ContainSingle().Which.RequestLine.Should().Be("POST /hooks HTTP/1.1");
    }

    [Fact]
    public async Task A_proxy_that_the_host_names_gets_every_request_though_its_address_is_private()
    {
        var requests = new ConcurrentQueue<RawRequest>();
        await using var proxy = RawServer.Answering(RawConnection.Ok, requests);
        await using var sender = Behind(proxy);

        (await sender.SendAsync(new Uri("http://hooks.example/in?token=t"))).ShouldBeAnswer(200);

        var request = requests.Should().ContainSingle().Subject;
        request.RequestLine.Should().Be("POST http://hooks.example/in?token=t HTTP/1.1");
        request.Header("Host").Should().Equal("hooks.example");
    }

    [Fact]
    public async Task A_proxy_that_refuses_a_tunnel_is_a_connect_error()
    {
        var tunnel = new TaskCompletionSource<string?>();
        await using var proxy = new RawServer(async c =>
        {
            tunnel.SetResult(await c.ReadHeadAsync());
            await c.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        });
        await using var sender = Behind(proxy);

        var result = await sender.SendAsync(new Uri("https://hooks.example/in?token=secret"));

        result.ShouldBeError(AttemptError.Connect);
        result.ErrorMessage.Should().NotContain("secret");
        (await tunnel.Task).Should().StartWith("CONNECT hooks.example:443 HTTP/1.1").And.NotContain("secret");
    }

    private static Sender Behind(RawServer proxy) =>
        Sender.Guarded(configure: w => w.ConfigureDispatch(o => o.Proxy = new Uri($"http://127.0.0.1:{proxy.Port}")));
}
