namespace Webhooks.Sdk.Dispatching;

/// <summary>What one request in flight needs, used again for the next: its message, its content, its deadline and a read buffer.</summary>
/// <param name="readBytes">The size of the read buffer.</param>
/// <param name="keepsMessage">No handler of the host sees the message, so nobody holds it when the answer has come.</param>
/// <param name="time">The deadline's clock.</param>
internal sealed class HttpSlot(int readBytes, bool keepsMessage, TimeProvider time) : IDisposable
{
    private DeliveryMessage? _message;
    private bool _sentAgain;

    public readonly byte[] ReadBuffer = new byte[readBytes];

    public readonly RequestDeadline Deadline = new(time);

    public readonly BodyContent Content = new();

    public readonly HeaderText HeaderText = new();

    /// <summary>The message to send, without headers.</summary>
    public HttpRequestMessage MessageTo(Uri url)
    {
        if (_message is null)
        {
            return _message = new(url, Content);
        }

        _message.RequestUri = url;
        _message.OpenedConnection = false;
        _message.Headers.Clear();
        return _message;
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

        _message = null;
        return _sentAgain = true;
    }

    /// <summary>
    /// Ends the deadline and lets go of the request. The message is replaced the next time unless the request <paramref name="ended"/>
    /// with an answer: the HTTP stack may still hold one that it gave up.
    /// </summary>
    public void Clear(bool ended)
    {
        Deadline.Stop();
        Content.Clear();
        if (!ended || !keepsMessage)
        {
            _message = null;
        }

        _sentAgain = false;
    }

    public void Dispose()
    {
        Deadline.Dispose();
        Content.Dispose();
    }
}
