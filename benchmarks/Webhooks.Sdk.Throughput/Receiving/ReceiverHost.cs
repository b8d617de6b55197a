using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Throughput.Receiving;

/// <summary>The receiver's own process: answers 204, counts, and says when a count was reached. It ends when its standard input does.</summary>
internal sealed class ReceiverHost
{
    private volatile TaskCompletionSource<long> _reached = new();
    private long _expected = long.MaxValue;
    private long _count;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(HandleAsync);
        await app.StartAsync(cancellationToken);
        Console.WriteLine(app.Urls.First());

        // Whoever started this holds the other end, so a harness that is killed takes its receiver with it.
        await Console.In.ReadToEndAsync(cancellationToken);
        await app.StopAsync(CancellationToken.None);
    }

    private Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/control/expect" => ExpectAsync(context),
        "/control/wait" => WaitAsync(context),
        "/control/cpu" => context.Response.WriteAsync(Text(Environment.CpuUsage.TotalTime.Ticks)),
        _ => ReceiveAsync(context),
    };

    private async Task ReceiveAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (Interlocked.Increment(ref _count) == Volatile.Read(ref _expected))
        {
            _reached.TrySetResult(Stopwatch.GetTimestamp());
        }
    }

    // The number of deliveries to wait for, counted from now on.
    private Task ExpectAsync(HttpContext context)
    {
        _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _expected, long.Parse(context.Request.Query["count"].ToString(), CultureInfo.InvariantCulture));
        Interlocked.Exchange(ref _count, 0);
        return context.Response.WriteAsync("");
    }

    // Answers with the time at which the last expected one came; a process's stopwatch is the machine's.
    private async Task WaitAsync(HttpContext context) =>
        await context.Response.WriteAsync(Text(await _reached.Task.WaitAsync(context.RequestAborted)));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
