using System.Net;
using System.Net.Sockets;
using Webhooks.Sdk.Endpoints;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Opens connections. It resolves the name, refuses if any answer is refused, and connects to exactly those addresses: there is no second
/// look-up that could answer differently.
/// </summary>
internal sealed class GuardedConnector(AddressRules rules, HostResolver resolver, Uri? proxy)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, cancellationToken);
        if (!IsProxy(host, port) && !addresses.All(a => rules.Allows(host, a)))
        {
            throw new AddressRefusedException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            if (context.InitialRequestMessage is DeliveryMessage message)
            {
                message.OpenedConnection = true;
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The host named its egress proxy itself, and such a proxy usually has a private address. Nobody else gets there directly: with a proxy
    // set, a stranger's URL only ever travels through it.
    private bool IsProxy(string host, int port) =>
        proxy is not null && port == proxy.Port && string.Equals(host, proxy.IdnHost, StringComparison.OrdinalIgnoreCase);

    private async ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var literal))
        {
            return [literal];
        }

        // A dead resolver ignores the token for as long as it likes, so the wait is what ends. Its late failure is nobody's.
        var lookup = resolver(host, cancellationToken);
        _ = lookup.ContinueWith(
            static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var addresses = await lookup.WaitAsync(cancellationToken);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }
}
