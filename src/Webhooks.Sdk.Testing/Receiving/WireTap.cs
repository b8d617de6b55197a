using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// Listens to the bytes that the server reads from a connection, because the server itself lists headers in an order of its own. HTTP/1.1 only:
/// it needs the head of a request to stand in the bytes as text.
/// </summary>
internal sealed class WireTap(PipeReader inner) : PipeReader
{
    private const int MostBytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _heard = new();
    private ReadOnlySequence<byte> _lastRead;

    public static ConnectionDelegate Install(ConnectionDelegate next) => async connection =>
    {
        var tap = new WireTap(connection.Transport.Input);
        connection.Features.Set(tap);
        connection.Transport = new TappedPipe(tap, connection.Transport.Output);
        await next(connection);
    };

    /// <summary>The headers of the request whose head was read last; null when they cannot be told.</summary>
    public static List<KeyValuePair<string, string>>? HeadersOf(HttpContext context) =>
        context.Request.Protocol == HttpProtocol.Http11 ? context.Features.Get<WireTap>()?.LastHead(context) : null;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_gate)
        {
            if (_heard.WrittenCount < MostBytes)
            {
                _heard.Write(_lastRead.Slice(0, consumed).ToArray());
            }

            _lastRead = default;
        }

        inner.AdvanceTo(consumed, examined);
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => Hear(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        var hasRead = inner.TryRead(out result);
        if (hasRead)
        {
            Hear(result);
        }

        return hasRead;
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private ReadResult Hear(ReadResult result)
    {
        _lastRead = result.Buffer;
        return result;
    }

    // When the application is called, what was consumed ends with the head: the body has not been touched yet.
    private List<KeyValuePair<string, string>>? LastHead(HttpContext context)
    {
        string heard;
        lock (_gate)
        {
            heard = Encoding.Latin1.GetString(_heard.WrittenSpan);
            _heard.Clear();
        }

        var requestLine = $"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()?.RawTarget} HTTP/1.1\r\n";
        var start = heard.LastIndexOf(requestLine, StringComparison.Ordinal);
        var end = heard.IndexOf("\r\n\r\n", Math.Max(start, 0), StringComparison.Ordinal);
        var headers = start < 0 || end < 0 ? [] : heard[start..end].Split("\r\n").Skip(1).Select(Split).ToList();

        // Whatever misled the search, the server's own parser has the last word about how many there are.
        return headers.Count == context.Request.Headers.Sum(h => h.Value.Count) ? headers : null;
    }

    private static KeyValuePair<string, string> Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(line, "") : new(line[..colon], line[(colon + 1)..].Trim());
    }

    private sealed class TappedPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
