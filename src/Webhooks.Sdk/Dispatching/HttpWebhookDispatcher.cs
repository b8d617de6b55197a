using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Sends requests over HTTP. Redirects are answers like any other; one deadline holds for everything up to the response headers and the body.</summary>
internal sealed class HttpWebhookDispatcher : IWebhookDispatcher, IDisposable
{
    /// <summary>The name of the <see cref="HttpClient"/> that hosts may add handlers to.</summary>
    public const string ClientName = "Webhooks.Sdk";

    // One invoker for the life of the process: a connection that is kept costs a hundredth of a new one with TLS.
    private readonly HttpMessageInvoker _client;
    private readonly bool _isAlone;
    private readonly ConcurrentBag<HttpSlot> _slots = new();
    private readonly int _maxResponseBytes;
    private readonly string _userAgent;
    private readonly TimeProvider _time;

    public HttpWebhookDispatcher(IHttpMessageHandlerFactory handlers, IOptions<DispatchOptions> options, TimeProvider time)
    {
        var handler = handlers.CreateHandler(ClientName);
        _client = new HttpMessageInvoker(handler, disposeHandler: false);
        _isAlone = IsAlone(handler);
        _maxResponseBytes = options.Value.MaxResponseBytes;
        _userAgent = options.Value.UserAgent;
        _time = time;
    }

    // Pooled: the one box that every attempt would allocate. Callers await it once, as every ValueTask.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort)
    {
        var slot = _slots.TryTake(out var free) ? free : new HttpSlot(_maxResponseBytes, _isAlone, _time);
        var startedAt = _time.GetUtcNow();
        var started = _time.GetTimestamp();
        var deadline = slot.Deadline;
        deadline.Start(started, request.Timeout, abort);
        AttemptResult? result = null;
        ExceptionDispatchInfo? bug = null;
        do
        {
            try
            {
                // Not disposed: that would dispose the content, which is used again.
                var message = slot.MessageTo(request.Url);
                if (Fill(message, request, slot) is { } invalid)
                {
                    result = Failure(startedAt, started, AttemptError.InvalidRequest, invalid);
                    break;
                }

                using var response = await _client.SendAsync(message, deadline.Token);
                var body = await ResponseReader.ReadAsync(response, slot.ReadBuffer, deadline.Token);
                var status = (int)response.StatusCode;
                result = new()
                {
                    StartedAt = startedAt,
                    Duration = _time.GetElapsedTime(started),
                    StatusCode = status,
                    ResponseHeaders = slot.HeaderText.Of(response),
                    ResponseBody = body,
                    RetryAfter = status is 429 or 503 ? ResponseReader.RetryAfterOf(response) : null,
                };
            }
            catch (Exception e) when (TransportFailure.TryClassify(e, deadline.HasFired, abort.IsCancellationRequested, out var error))
            {
                if (error != AttemptError.ConnectionLost || !slot.MayHaveBeenClosedWhileIdle(e))
                {
                    result = Failure(startedAt, started, error, error == AttemptError.Timeout
                        ? $"No answer within {request.Timeout.TotalSeconds:0.###} s."
                        : TransportFailure.Describe(error, e));
                }
            }
            catch (Exception e)
            {
                bug = ExceptionDispatchInfo.Capture(e);
            }
        }
        while (result is null && bug is null);

        var unused = slot.Content.WhenUnused();
        var ended = unused.IsCompleted && result is { StatusCode: > 0 };
        if (!unused.IsCompleted)
        {
            // The endpoint answered before it had read the body. The buffer is not ours again before the write has ended.
            await deadline.CancelAsync();
            await unused;
        }

        slot.Clear(ended);
        _slots.Add(slot);
        bug?.Throw();
        return result!;
    }

    public void Dispose()
    {
        _client.Dispose();
        while (_slots.TryTake(out var slot))
        {
            slot.Dispose();
        }
    }

    private string? Fill(HttpRequestMessage message, WebhookRequest request, HttpSlot slot)
    {
        if (!slot.Content.TrySet(request.Body, request.ContentType))
        {
            return "The content type of the envelope is not a media type such as application/json.";
        }

        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        for (var i = 0; i < request.Headers.Count; i++)
        {
            var header = request.Headers[i];
            if (header.Trusted)
            {
                message.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
            else if (RequestHeader.Add(message.Headers, header.Name, header.Value) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    // Not a local function: its captures would be an object for every attempt, also for those that succeed.
    private AttemptResult Failure(DateTimeOffset startedAt, long started, AttemptError error, string? text) => new()
    {
        StartedAt = startedAt,
        Duration = _time.GetElapsedTime(started),
        Error = error,
        ErrorMessage = text,
    };

    // The factory puts one handler of its own around ours; any more are the host's.
    private static bool IsAlone(HttpMessageHandler handler) =>
        handler is DelegatingHandler { InnerHandler: SocketsHttpHandler } && handler.GetType().Assembly == typeof(IHttpMessageHandlerFactory).Assembly;
}
