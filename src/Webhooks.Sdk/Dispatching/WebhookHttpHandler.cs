using System.Net;
using System.Net.Security;
using Webhooks.Sdk.Endpoints;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Makes the one HTTP handler. Each setting keeps a stranger's URL from doing something; see docs/safety.md.</summary>
internal static class WebhookHttpHandler
{
    public const int MaxHeadersKilobytes = 16;

    private const int MaxDrainBytes = 64 * 1024;

    public static SocketsHttpHandler Create(DispatchOptions options, AddressRules rules, HostResolver resolver, SslClientAuthenticationOptions tls) => new()
    {
        // A followed 307 would take body, signature and custom headers to a host that nobody registered.
        AllowAutoRedirect = false,

        // One tenant's cookie must not reach the next.
        UseCookies = false,

        // Behind a proxy of the environment the connect guard would judge the proxy, not the target.
        UseProxy = options.Proxy is not null,
        Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        SslOptions = tls,
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionLifetime = options.ConnectionLifetime,
        MaxResponseHeadersLength = MaxHeadersKilobytes,

        // An answer that is longer than what we keep is drained a little, to save the connection, and then cut.
        MaxResponseDrainSize = MaxDrainBytes,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        EnableMultipleHttp2Connections = true,

        // All of an endpoint's requests share one HTTP/2 connection: when it dies silently, they must not all wait for their deadlines on it.
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,

        // Lanes limit the requests per endpoint before they get here; a limit here would make them time out while they wait.
        MaxConnectionsPerServer = int.MaxValue,
        ConnectCallback = new GuardedConnector(rules, resolver, options.Proxy).ConnectAsync,
    };
}
