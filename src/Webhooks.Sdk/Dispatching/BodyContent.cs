using System.Net;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// A request body that lies in a buffer of ours. It knows when nobody reads the buffer any more: an endpoint may answer before it has read the
/// request, and a buffer that is used again too early would send one customer's bytes to another.
/// </summary>
internal sealed class BodyContent : HttpContent
{
    private TaskCompletionSource? _finished;
    private ReadOnlyMemory<byte> _body;
    private int _writing;

    /// <summary>The body of the next request. Its length is set too: the headers keep the first one that they are asked for.</summary>
    public void Set(ReadOnlyMemory<byte> body)
    {
        _body = body;
        Headers.ContentLength = body.Length;
    }

    /// <summary>Lets go of the buffer.</summary>
    public void Clear() => _body = default;

    /// <summary>Completes when no write of the body is under way.</summary>
    public Task WhenUnused()
    {
        if (Volatile.Read(ref _writing) == 0)
        {
            return Task.CompletedTask;
        }

        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _finished, finished);
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
        finally
        {
            if (Interlocked.Decrement(ref _writing) == 0)
            {
                Volatile.Read(ref _finished)?.TrySetResult();
            }
        }
    }
}
