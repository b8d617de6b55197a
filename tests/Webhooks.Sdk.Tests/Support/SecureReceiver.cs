using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>A real web server with TLS that speaks HTTP/2, as most endpoints do.</summary>
internal sealed class SecureReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SecureReceiver(WebApplication app) => _app = app;

    public Uri Url => new($"https://{Certificates.HostName}:{new Uri(_app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}/hooks");

    public static async Task<SecureReceiver> StartAsync(Certificates certificates, RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        var web = WebApplication.CreateSlimBuilder();
        web.Logging.ClearProviders();
        web.WebHost.UseKestrelHttpsConfiguration();
        web.WebHost.ConfigureKestrel(kestrel =>
        {
            // The smallest windows: a body of 256 KB waits until it is read.
            kestrel.Limits.Http2.InitialStreamWindowSize = 65_535;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 65_535;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseHttps(certificates.Valid());
            });
        });
        var app = web.Build();
        app.Run(answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
