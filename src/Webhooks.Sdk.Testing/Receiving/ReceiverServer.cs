using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Testing.Hosting;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>Kestrel on a free port of the loopback interface, without configuration files, logs, limits or signal handlers of its own.</summary>
internal static class ReceiverServer
{
    public static WebApplication Create(WebhookReceiverOptions options, RequestDelegate handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (options.Https)
                {
                    listen.UseHttps(options.Certificate!);
                    listen.Protocols = HttpProtocols.Http1AndHttp2;
                }
                else
                {
                    listen.Protocols = HttpProtocols.Http1;
                }

                listen.Use(WireTap.Install);
            });
        });
        var app = builder.Build();
        app.Run(handle);
        return app;
    }
}
