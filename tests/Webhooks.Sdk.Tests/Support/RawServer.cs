using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>A receiver that may misbehave in any way: a TCP (or TLS) listener on loopback whose every byte the test writes itself.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<RawConnection, Task> _serve;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private int _connections;

    public RawServer(Func<RawConnection, Task> serve, X509Certificate2? certificate = null)
    {
        _serve = serve;
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Answers every request of every connection alike, and keeps the requests.</summary>
    public static RawServer Answering(string response, ConcurrentQueue<RawRequest>? requests = null) => new(async connection =>
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            requests?.Enqueue(request);
            await connection.WriteAsync(response);
        }
    });

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}/hooks");

    /// <summary>How many connections were made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_conversations);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                _conversations.Add(ConverseAsync(socket, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    // What the other side does to the connection is what the test provokes; anything else that is thrown here fails the test at the end.
    private async Task ConverseAsync(Socket socket, int number)
    {
        using var connection = socket;
        try
        {
            socket.NoDelay = true;
            Stream stream = new NetworkStream(socket);
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                stream = tls;
            }

            await _serve(new RawConnection(socket, stream, number, _stop.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or System.Security.Authentication.AuthenticationException)
        {
        }
    }
}
