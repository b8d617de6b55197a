using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Testing.Signals;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>A real HTTP server on the loopback interface that answers by script and records what it gets, to the byte.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<string, WebhookReceiver> ByAuthority = new();

    private readonly WebhookReceiverOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Pulse _pulse = new();
    private readonly ReceivedRequests _requests;
    private readonly AnswerScript _script = new();
    private readonly ConcurrentDictionary<string, AnswerScript> _scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IFlight> _flights = new(StringComparer.Ordinal);
    private readonly HeldRequests _held;
    private readonly AnswerWriter _writer;
    private readonly WebApplication _server;
    private string _baseUrl = "";
    private volatile WebhookVerifier? _verifier;

    private WebhookReceiver(WebhookReceiverOptions options)
    {
        _options = options.Https && options.Certificate is null ? options with { Certificate = TestCertificate.Create() } : options;
        _requests = new ReceivedRequests(_pulse);
        _held = new HeldRequests(options.Time, _pulse, _disposed.Token);
        _writer = new AnswerWriter(_held);
        _server = ReceiverServer.Create(_options, HandleAsync);
    }

    /// <summary>The URL of its root path.</summary>
    public string Url => UrlFor("/");

    /// <summary>What it shows to clients over https; null over http. Nobody trusts it unless told to.</summary>
    public X509Certificate2? Certificate => _options.Https ? _options.Certificate : null;

    /// <summary>Everything that has arrived so far, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _requests.All;

    /// <summary>How many requests are held right now: without an answer yet, or between two parts of a dripping body.</summary>
    public int Held => _held.Count;

    /// <summary>Starts one on a free port.</summary>
    public static async Task<WebhookReceiver> StartAsync(WebhookReceiverOptions? options = null, CancellationToken cancellationToken = default)
    {
        var receiver = new WebhookReceiver(options ?? new WebhookReceiverOptions());
        await receiver._server.StartAsync(cancellationToken);
        receiver._baseUrl = receiver._server.Urls.First();
        ByAuthority[new Uri(receiver._baseUrl).Authority] = receiver;
        return receiver;
    }

    /// <summary>The URL of a path that begins with a slash.</summary>
    public string UrlFor(string path) => path.StartsWith('/') ? _baseUrl + path : throw new ArgumentException("A path begins with '/'.", nameof(path));

    /// <summary>What it answers on every path that <see cref="On"/> has not named, from now: <c>receiver.Answer(500).Then(503).Then(200)</c>. Default 200.</summary>
    public AnswerScript Answer(WebhookAnswer answer, int times = 1) => _script.Answer(answer, times);

    /// <summary>Answers with a function of the request.</summary>
    public AnswerScript Answer(Func<ReceivedRequest, WebhookAnswer> answer) => _script.Answer(answer);

    /// <summary>The script of one path, without its query: <c>receiver.On("/hooks").Answer(410)</c>.</summary>
    public AnswerScript On(string path) => _scripts.GetOrAdd(path, static _ => new AnswerScript());

    /// <summary>From now every request is checked as it arrives, and answered with 401 when it is not genuine. See <see cref="ReceivedRequest.Verification"/>.</summary>
    public void VerifyWith(WebhookProfile profile, params string[] secrets) =>
        _verifier = new WebhookVerifier(profile.Signer, secrets, _options.Time);

    /// <summary>Waits until so many requests have arrived altogether, and returns all that have.</summary>
    /// <param name="count">The number of requests.</param>
    /// <param name="timeout">How long to wait, in real time. Default 30 seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">They did not come.</exception>
    public async Task<IReadOnlyList<ReceivedRequest>> WaitForAsync(int count, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        await UntilAsync(() => _requests.Count >= count, () => $"{_requests.Count} of {count} requests arrived", timeout, cancellationToken);
        return Requests;
    }

    /// <summary>Waits until exactly so many requests are held.</summary>
    /// <param name="count">The number of requests; 0 for none.</param>
    /// <param name="timeout">How long to wait, in real time. Default 30 seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">There were more, or fewer.</exception>
    public Task WaitForHeldAsync(int count, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        UntilAsync(() => Held == count, () => $"{Held} requests are held instead of {count}", timeout, cancellationToken);

    /// <summary>Lets go of what is held, without an answer, and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        ByAuthority.TryRemove(new Uri(_baseUrl).Authority, out _);
        await _disposed.CancelAsync();

        // At once: there is nothing to be graceful about.
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
        _disposed.Dispose();
    }

    /// <summary>The receiver that listens there, if it is one of this process.</summary>
    internal static WebhookReceiver? At(Uri url) => ByAuthority.GetValueOrDefault(url.Authority);

    internal void Expect(string id, IFlight flight) => _flights[id] = flight;

    internal void Forget(string id) => _flights.TryRemove(id, out _);

    private async Task UntilAsync(Func<bool> condition, Func<string> state, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var wait = timeout ?? DefaultTimeout;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await _pulse.UntilAsync(condition, end.Token).WaitAsync(wait, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{state()} within {wait}. Arrived: {string.Join("; ", Requests)}");
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            var headers = WireTap.HeadersOf(context) ?? [.. context.Request.Headers.SelectMany(h => h.Value.Select(v => KeyValuePair.Create(h.Key, v ?? "")))];
            var flight = TakeFlight(headers);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var request = _requests.Add(number => Record(number, context.Request, headers, body.ToArray()));
            await _writer.WriteAsync(context, AnswerFor(context.Request.Path, request), flight);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client went away.
        }
    }

    private IFlight? TakeFlight(List<KeyValuePair<string, string>> headers)
    {
        var at = headers.FindIndex(h => string.Equals(h.Key, IFlight.Header, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            return null;
        }

        var id = headers[at].Value;
        headers.RemoveAt(at);
        return _flights.GetValueOrDefault(id);
    }

    private ReceivedRequest Record(int number, HttpRequest request, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body)
    {
        var received = new ReceivedRequest
        {
            Number = number,
            ReceivedAt = _options.Time.GetUtcNow(),
            Method = request.Method,
            Path = request.GetEncodedPathAndQuery(),
            Protocol = request.Protocol,
            Headers = headers,
            Body = body,
        };
        received.Verification = _verifier?.Verify(body, received.Header);
        return received;
    }

    private WebhookAnswer AnswerFor(string path, ReceivedRequest request) =>
        request.Verification is { IsVerified: false } ? 401
        : _scripts.TryGetValue(path, out var script) ? script.For(request)
        : _script.For(request);
}
