using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// A request body that lies in a buffer of ours. It knows when nobody reads the buffer any more: an endpoint may answer before it has read the
/// request, and a buffer that is used again too early would send one customer's bytes to another.
/// </summary>
internal sealed class BodyContent : HttpContent
{
    private ReadOnlyMemory<byte> _body;
    private string? _contentType;
    private int _length = -1;
    private TaskCompletionSource? _finished;
    private int _writing;

    /// <summary>Takes the next body. False when the content type is none.</summary>
    public bool TrySet(ReadOnlyMemory<byte> body, string contentType)
    {
        if (_contentType != contentType)
        {
            if (contentType.AsSpan().ContainsAnyExceptInRange(' ', '~') || !MediaTypeHeaderValue.TryParse(contentType, out _))
            {
                return false;
            }

            // As it is spelled: the parsed form would be written with other spaces.
            Headers.Remove("Content-Type");
            Headers.TryAddWithoutValidation("Content-Type", contentType);
            _contentType = contentType;
        }

        // The header collection computes the length once and keeps it; the last body's length is wrong for this one.
        _body = body;
        if (_length != body.Length)
        {
            Headers.ContentLength = _length = body.Length;
        }

        return true;
    }

    /// <summary>Lets go of the body. Only when no write is under way.</summary>
    public void Clear() => _body = default;

    /// <summary>Completes when no write of the body is under way.</summary>
    public Task WhenUnused()
    {
        if (Volatile.Read(ref _writing) == 0)
        {
            return Task.CompletedTask;
        }

        // A full fence between writing the one field and reading the other, here as in FinishAsync: otherwise each side could miss the other.
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _finished, finished);
        if (Volatile.Read(ref _writing) == 0)
        {
            finished.TrySetResult();
        }

        return finished.Task;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var write = stream.WriteAsync(_body, cancellationToken);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : FinishAsync(write);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    private async Task FinishAsync(ValueTask write)
    {
        Interlocked.Increment(ref _writing);
        try
        {
            await write;
        }
        catch (IOException e) when (e.InnerException is SocketException)
        {
            // The endpoint closed before it had read everything. It may have said why (413) before that, so the answer is still read; where
            // there is none, reading it fails just as this did.
        }
        finally
        {
            if (Interlocked.Decrement(ref _writing) == 0)
            {
                Volatile.Read(ref _finished)?.TrySetResult();
            }
        }
    }
}
