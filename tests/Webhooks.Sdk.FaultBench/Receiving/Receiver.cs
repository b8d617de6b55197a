using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.FaultBench.Receiving;

/// <summary>The customer's side: a server on loopback, in the bench's own process, which no fault touches.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile Hold? _hold;

    private Receiver(WebApplication app)
    {
        _app = app;
        app.MapPost("/{subscription}", AnswerAsync);
    }

    public ReceivedLog Log { get; } = new();

    /// <summary>What is answered, given how often the delivery came before.</summary>
    public Func<DeliveryKey, int, int> Answer { get; set; } = (_, _) => StatusCodes.Status204NoContent;

    /// <summary>What it never answers with success; its senders are to give it up.</summary>
    public Func<DeliveryKey, bool> Refuses { get; set; } = _ => false;

    public static async Task<Receiver> StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        await receiver._app.StartAsync(cancel);
        return receiver;
    }

    public string UrlOf(string subscription) => $"{_app.Urls.First()}/{subscription}";

    /// <summary>Answers nothing that this node sends from now on, until it is released.</summary>
    public Hold HoldFrom(string node) => _hold = new Hold(node);

    public void EndHold() => _hold = null;

    public async ValueTask DisposeAsync()
    {
        _hold?.Release(StatusCodes.Status503ServiceUnavailable);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, string subscription)
    {
        var key = new DeliveryKey(context.Request.Headers["webhook-id"].ToString(), subscription);
        var node = context.Request.Headers.UserAgent.ToString();
        context.Response.StatusCode = await StatusAsync(key, node, context.RequestAborted);
    }

    private async Task<int> StatusAsync(DeliveryKey key, string node, CancellationToken gone)
    {
        int status;
        try
        {
            status = _hold is { } hold && hold.Node == node ? await hold.WaitAsync(gone) : Answer(key, Log.CountOf(key));
        }
        catch (OperationCanceledException)
        {
            Log.Add(key, node, 0);
            return 499;
        }

        // Before the answer goes out: what the sender knows, the log knows.
        Log.Add(key, node, status);
        return status;
    }
}
