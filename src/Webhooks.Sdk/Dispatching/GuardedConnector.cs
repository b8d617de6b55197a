using System.Net;
using System.Net.Sockets;
using Webhooks.Sdk.Endpoints;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Opens connections. It resolves the name, refuses if any answer is refused, and connects to exactly those addresses: there is no second
/// look-up that could answer differently.
/// </summary>
internal sealed class GuardedConnector(AddressRules rules, HostResolver resolver)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, cancellationToken);
        foreach (var address in addresses)
        {
            if (!rules.Allows(host, address))
            {
                throw new AddressRefusedException(host, address);
            }
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var literal))
        {
            return [literal];
        }

        // A dead resolver ignores the token for as long as it likes, so the wait is what ends.
        var addresses = await resolver(host, cancellationToken).WaitAsync(cancellationToken);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }
}
