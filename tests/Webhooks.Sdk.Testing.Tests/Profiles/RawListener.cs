using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Webhooks.Sdk.Testing.Tests.Profiles;

/// <summary>A bare TCP socket that keeps every byte of one connection: no HTTP server that could tidy up what it was sent.</summary>
internal sealed class RawListener : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RawListener()
    {
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers one request with 204 and returns what came until the client closed the connection, bytes after the body too.</summary>
    public async Task<byte[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
        var stream = client.GetStream();
        using var received = new MemoryStream();
        var buffer = new byte[4096];
        var isAnswered = false;
        while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            received.Write(buffer, 0, read);
            if (!isAnswered && IsComplete(received.ToArray()))
            {
                isAnswered = true;
                await stream.WriteAsync(Answer, cancellationToken);
            }
        }

        return received.ToArray();
    }

    public void Dispose() => _listener.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        return end >= 0 && received.Length >= end + 4 + ContentLength(Encoding.ASCII.GetString(received[..end]));
    }

    private static int ContentLength(string head) => int.Parse(
        head.Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))["Content-Length: ".Length..],
        CultureInfo.InvariantCulture);
}
