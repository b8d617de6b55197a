namespace Webhooks.Sdk.Dispatching;

/// <summary>Ends one request after another: when its time is over, or when the caller aborts.</summary>
internal sealed class RequestDeadline : IDisposable
{
    private CancellationTokenSource? _source;
    private CancellationToken _abort;
    private CancellationTokenRegistration _registration;

    public CancellationToken Token => _source!.Token;

    public bool HasEnded => _source!.IsCancellationRequested;

    public void Start(TimeSpan timeout, TimeProvider time, CancellationToken abort)
    {
        // Nearly every request has the worker's token, so its registration is kept. Another one may still fire between two requests.
        if (abort != _abort)
        {
            _registration.Dispose();
        }

        if (_source is { IsCancellationRequested: false } source)
        {
            source.CancelAfter(timeout); // stopped when the last request ended
            if (abort == _abort)
            {
                return;
            }
        }
        else
        {
            Discard();
            _source = new CancellationTokenSource(timeout, time);
        }

        _abort = abort;
        _registration = abort.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>The request has ended: stops the clock. What has fired is replaced the next time.</summary>
    public void Stop()
    {
        if (!_source!.TryReset())
        {
            Discard();
        }
    }

    public Task CancelAsync() => _source!.CancelAsync();

    public void Dispose() => Discard();

    // The registration first: whoever aborts must not meet a source that is disposed.
    private void Discard()
    {
        _registration.Dispose();
        _source?.Dispose();
        _source = null;
    }
}
