using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>A connection that a test answers byte by byte.</summary>
internal sealed class RawConnection(Socket socket, Stream stream, int number, CancellationToken stopped)
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private readonly List<byte> _unread = [];

    /// <summary>1 for the server's first connection.</summary>
    public int Number => number;

    public Socket Socket => socket;

    public Stream Stream => stream;

    public CancellationToken Stopped => stopped;

    /// <summary>Reads one request; null when the other side has closed instead.</summary>
    public async Task<RawRequest?> ReadRequestAsync()
    {
        if (await ReadHeadAsync() is not { } head)
        {
            return null;
        }

        var length = int.Parse(new RawRequest(head, []).Header("Content-Length").Single(), CultureInfo.InvariantCulture);
        return new(head, await ReadBytesAsync(length));
    }

    /// <summary>Reads a request's head and leaves its body on the wire.</summary>
    public async Task<string?> ReadHeadAsync()
    {
        int end;
        while ((end = CollectionsMarshal.AsSpan(_unread).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync())
            {
                return null;
            }
        }

        var head = Encoding.Latin1.GetString(CollectionsMarshal.AsSpan(_unread)[..end]);
        _unread.RemoveRange(0, end + 4);
        return head;
    }

    /// <summary>Reads that many bytes, fewer when the other side ends first.</summary>
    public async Task<byte[]> ReadBytesAsync(int count)
    {
        while (_unread.Count < count && await FillAsync())
        {
        }

        var bytes = _unread.Take(count).ToArray();
        _unread.RemoveRange(0, bytes.Length);
        return bytes;
    }

    public Task WriteAsync(string latin1) => WriteAsync(Encoding.Latin1.GetBytes(latin1));

    public async Task WriteAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, stopped);
        await stream.FlushAsync(stopped);
    }

    /// <summary>Says nothing until the other side gives up or the server stops.</summary>
    public async Task HangAsync()
    {
        while (await FillAsync())
        {
        }
    }

    /// <summary>Ends with RST instead of FIN.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    private async Task<bool> FillAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var read = await stream.ReadAsync(buffer, stopped);
            _unread.AddRange(buffer.AsSpan(0, read));
            return read > 0;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
    }
}
