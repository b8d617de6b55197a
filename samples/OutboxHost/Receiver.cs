using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OutboxHost;

/// <summary>The customer's endpoint: it notes which reviews it was told of.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _reviews = [];
    private readonly WebApplication _app;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Receiver(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/hooks";

    public int Duplicates { get; private set; }

    public HashSet<Guid> Reviews
    {
        get
        {
            lock (_gate)
            {
                return [.. _reviews];
            }
        }
    }

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.MapPost("/hooks", receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>False when that many had not come in time.</summary>
    public async Task<bool> UntilAsync(int count, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (Reviews.Count >= count)
            {
                return true;
            }

            if (await Task.WhenAny(changed, Task.Delay(Timeout.InfiniteTimeSpan, deadline.Token)) != changed)
            {
                return false;
            }
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var review = body.RootElement.GetProperty("data").GetProperty("id").GetGuid();
        lock (_gate)
        {
            Duplicates += _reviews.Add(review) ? 0 : 1;
        }

        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
