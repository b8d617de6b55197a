using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.AspNetCore.Receiving;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;

/// <summary>A customer's application on Kestrel, and a client that signs what it sends to it.</summary>
internal sealed class ReceivingHost : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication _app;

    private ReceivingHost(WebApplication app, LogLines log)
    {
        (_app, Log) = (app, log);
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public LogLines Log { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="receiver">Standard format and <see cref="Secret"/> unless it says otherwise.</param>
    /// <param name="services">What stands before <c>Build()</c>; null for an application that only maps.</param>
    /// <param name="pattern">The route.</param>
    public static async Task<ReceivingHost> StartAsync(Action<ReceiverBuilder> receiver, Action<IServiceCollection>? services = null, string pattern = "/hooks")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapWebhookReceiver(pattern, receiver);
        await app.StartAsync(Cancel);
        return new ReceivingHost(app, log);
    }

    public static Task<ReceivingHost> StartAsync(Action<ReceiverBuilder> receiver, Action<WebhookReceiverBuilder> inbox) =>
        StartAsync(receiver, services => services.AddWebhookReceiver(inbox));

    public static HttpRequestMessage Signed(string body, string id = "msg_1", string secret = Secret, TimeSpan age = default, string path = "/hooks", WebhookProfile? profile = null) =>
        Signed(Encoding.UTF8.GetBytes(body), id, secret, age, path, profile);

    public static HttpRequestMessage Signed(byte[] body, string id = "msg_1", string secret = Secret, TimeSpan age = default, string path = "/hooks", WebhookProfile? profile = null)
    {
        var signer = (profile ?? WebhookProfiles.Standard).Signer;
        var headers = new WebhookHeaders();
        signer.Sign(new(id, TimeProvider.System.GetUtcNow() - age, body), signer.SecretFormat.HasSecret ? [signer.SecretFormat.Parse(secret)] : [], headers);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    public static string Review(int id = 7, int rating = 5, string type = "review-created") =>
        $$$"""{"type":"{{{type}}}","timestamp":"2026-04-24T14:30:00Z","data":{"id":{{{id}}},"rating":{{{rating}}}}}""";

    /// <summary>Sends and gives the status.</summary>
    public async Task<int> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, Cancel);
        return (int)response.StatusCode;
    }

    public Task<int> SendReviewAsync(string id = "msg_1") => SendAsync(Signed(Review(), id));

    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>What was logged.</summary>
    internal sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> All => [.. _lines];

        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Webhooks.", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
