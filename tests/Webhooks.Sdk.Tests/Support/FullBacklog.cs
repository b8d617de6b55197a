using System.Net;
using System.Net.Sockets;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>A listener that nobody accepts from and whose backlog is full: a further SYN is dropped, as behind a firewall that says nothing.</summary>
internal sealed class FullBacklog : IDisposable
{
    private static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(1);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    public Uri Url => new($"http://{_listener.LocalEndPoint}/");

    public static async Task<FullBacklog> CreateAsync(CancellationToken cancellationToken)
    {
        var full = new FullBacklog();
        full._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full._listener.Listen(1);

        // Until a connection does not open any more: how many fit is the kernel's business.
        while (await full.ConnectsAsync(cancellationToken))
        {
        }

        return full;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _waiting.ForEach(s => s.Dispose());
    }

    private async Task<bool> ConnectsAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _waiting.Add(socket);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(LongestHandshake);
        try
        {
            await socket.ConnectAsync(_listener.LocalEndPoint!, deadline.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
