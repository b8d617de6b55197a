namespace Webhooks.Sdk.Dispatching;

/// <summary>What one request in flight needs, used again for the next: its content, its deadline and a read buffer.</summary>
internal sealed class HttpSlot(int readBytes) : IDisposable
{
    private CancellationTokenSource? _deadline;
    private DeliveryMessage? _message;
    private bool _sentAgain;

    public readonly byte[] ReadBuffer = new byte[readBytes];

    public readonly BodyContent Content = new();

    public readonly HeaderText HeaderText = new();

    public HttpRequestMessage NewMessage(Uri url) => _message = new(url, Content);

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

    /// <summary>
    /// The request met a kept connection that the endpoint was just closing; true once per request, which is then worth sending again at once.
    /// A new connection that ends without an answer is the endpoint's answer.
    /// </summary>
    public bool MayHaveBeenClosedWhileIdle(Exception exception)
    {
        if (_sentAgain || _message is not { OpenedConnection: false } || TransportFailure.IsFromEndpoint(exception))
        {
            return false;
        }

        return _sentAgain = true;
    }

    /// <summary>Stops the deadline's clock and lets go of the request; a deadline that has fired is replaced the next time.</summary>
    public void Clear()
    {
        if (_deadline is { } deadline && !deadline.TryReset())
        {
            deadline.Dispose();
            _deadline = null;
        }

        Content.Clear();
        _message = null;
        _sentAgain = false;
    }

    public void Dispose()
    {
        _deadline?.Dispose();
        Content.Dispose();
    }
}
