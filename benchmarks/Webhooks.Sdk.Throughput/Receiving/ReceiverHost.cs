using System.Collections.Concurrent;
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
    public const string Timed = "/timed";
    public const string Failing = "/failing";
    public const string Hanging = "/hanging";

    private readonly ConcurrentBag<long> _latencies = [];
    private volatile TaskCompletionSource<long> _reached = new();
    private volatile TaskCompletionSource _come = new();
    private long _expected = long.MaxValue;
    private long _until = long.MaxValue;
    private long _count;

    /// <summary>An event id that holds the stopwatch's reading at its publication; a process's stopwatch is the machine's.</summary>
    public static string TimedId(int number) => string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetTimestamp()}-{number}");

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
        "/control/until" => UntilAsync(context),
        "/control/cpu" => context.Response.WriteAsync(Text(Environment.CpuUsage.TotalTime.Ticks)),
        "/control/latencies" => context.Response.WriteAsync(string.Join(',', _latencies.Select(Text))),
        Timed => ReceiveTimedAsync(context),
        Failing => FailAsync(context),
        Hanging => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted),
        _ => ReceiveAsync(context),
    };

    private Task ReceiveTimedAsync(HttpContext context)
    {
        var id = context.Request.Headers["webhook-id"].ToString();
        _latencies.Add(Stopwatch.GetTimestamp() - long.Parse(id.AsSpan(0, id.IndexOf('-')), CultureInfo.InvariantCulture));
        return ReceiveAsync(context);
    }

    private static Task FailAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    }

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
        var count = Interlocked.Increment(ref _count);
        if (count == Volatile.Read(ref _expected))
        {
            _reached.TrySetResult(Stopwatch.GetTimestamp());
        }

        if (count == Volatile.Read(ref _until))
        {
            _come.TrySetResult();
        }
    }

    // The number of deliveries to wait for, counted from now on.
    private Task ExpectAsync(HttpContext context)
    {
        _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _expected, long.Parse(context.Request.Query["count"].ToString(), CultureInfo.InvariantCulture));
        Interlocked.Exchange(ref _count, 0);
        _latencies.Clear();
        return context.Response.WriteAsync("");
    }

    private async Task UntilAsync(HttpContext context)
    {
        var until = long.Parse(context.Request.Query["count"].ToString(), CultureInfo.InvariantCulture);
        _come = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _until, until);
        if (Interlocked.Read(ref _count) < until)
        {
            await _come.Task.WaitAsync(context.RequestAborted);
        }

        await context.Response.WriteAsync(Text(Interlocked.Read(ref _count)));
    }

    // Answers with the time at which the last expected one came; a process's stopwatch is the machine's.
    private async Task WaitAsync(HttpContext context) =>
        await context.Response.WriteAsync(Text(await _reached.Task.WaitAsync(context.RequestAborted)));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
