namespace Webhooks.Sdk.Dispatching;

/// <summary>What one request in flight needs, used again for the next: the message, its content, its deadline and a read buffer.</summary>
internal sealed class HttpSlot(int readBytes) : IDisposable
{
    private CancellationTokenSource? _deadline;

    public readonly byte[] ReadBuffer = new byte[readBytes];

    public readonly BodyContent Content = new();

    public readonly HeaderText HeaderText = new();

    /// <summary>The content type that the content's headers hold now.</summary>
    public string? ContentType;

    public HttpRequestMessage NewMessage(Uri url) => new(HttpMethod.Post, url)
    {
        Content = Content,
        Version = System.Net.HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    public CancellationTokenSource StartDeadline(TimeSpan timeout, TimeProvider time)
    {
        if (_deadline is not null && _deadline.TryReset())
        {
            _deadline.CancelAfter(timeout);
            return _deadline;
        }

        _deadline?.Dispose();
        return _deadline = new CancellationTokenSource(timeout, time);
    }

    /// <summary>Stops the deadline's clock; a source that has fired is replaced the next time.</summary>
    public void EndDeadline()
    {
        if (_deadline is { } deadline && !deadline.TryReset())
        {
            deadline.Dispose();
            _deadline = null;
        }
    }

    public void Dispose()
    {
        _deadline?.Dispose();
        Content.Dispose();
    }
}
