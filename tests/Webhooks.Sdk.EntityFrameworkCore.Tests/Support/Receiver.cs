using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

/// <summary>A customer's endpoint on loopback that keeps what arrives, in order, and tells when something has come true of it.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    // Without anything arriving, so that a busy machine may take its time; and longer than a lease: what a node was just claiming when it stopped
    // is left to that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Lock _gate = new();
    private readonly List<Received> _all = [];
    private readonly WebApplication _app;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Receiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/hooks";

    public IReadOnlyList<Received> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    public IEnumerable<string> Ids => All.Select(r => r.Id);

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

    public async Task<IReadOnlyList<Received>> UntilAsync(Func<IReadOnlyList<Received>, bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        while (true)
        {
            deadline.CancelAfter(Patience);
            var changed = Volatile.Read(ref _changed).Task;
            var all = All;
            if (condition(all))
            {
                return all;
            }

            await changed.WaitAsync(deadline.Token);
        }
    }

    public Task<IReadOnlyList<Received>> UntilAsync(int count) => UntilAsync(all => all.Count >= count);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        lock (_gate)
        {
            _all.Add(new(context.Request.Headers["webhook-id"].ToString(), body.RootElement.GetProperty("type").GetString()!, body.RootElement.GetProperty("data").GetRawText()));
        }

        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}

internal sealed record Received(string Id, string Type, string Data);
