using System.Net;

namespace Webhooks.Sdk.Dispatching;

/// <summary>A request message that remembers whether a connection was opened for it: see <see cref="GuardedConnector"/>.</summary>
internal sealed class DeliveryMessage : HttpRequestMessage
{
    public DeliveryMessage(Uri url, HttpContent content)
        : base(HttpMethod.Post, url)
    {
        Content = content;

        // HTTP/2 where TLS negotiates it, else 1.1.
        Version = HttpVersion.Version20;
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
    }

    /// <summary>False: it was sent on a connection that had been kept.</summary>
    public volatile bool OpenedConnection;
}
