using System.Diagnostics;
using System.Globalization;

namespace Webhooks.Sdk.Throughput.Receiving;

/// <summary>The harness's side of the receiver: starts it, asks it, stops it.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    // A delivery that failed waits for its retry, so the count would never be reached.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly HttpClient _control;

    private ReceiverProcess(Process process, Uri url)
    {
        _process = process;
        Url = new Uri(url, "/hooks");
        TimedUrl = new Uri(url, ReceiverHost.Timed);
        FailingUrl = new Uri(url, ReceiverHost.Failing);
        HangingUrl = new Uri(url, ReceiverHost.Hanging);
        _control = new HttpClient { BaseAddress = url, Timeout = Patience };
    }

    /// <summary>Where deliveries go.</summary>
    public Uri Url { get; }

    /// <summary>The same, and it looks how long each took: see <see cref="ReceiverHost.TimedId"/>.</summary>
    public Uri TimedUrl { get; }

    /// <summary>Answers 500 and does not count.</summary>
    public Uri FailingUrl { get; }

    /// <summary>Never answers.</summary>
    public Uri HangingUrl { get; }

    public static async Task<ReceiverProcess> StartAsync()
    {
        var start = Self.Start(Commands.ReceiveCommand.Name);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        var process = Process.Start(start)!;
        var url = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The receiver did not start: {start.FileName} {string.Join(' ', start.ArgumentList)}");
        return new ReceiverProcess(process, new Uri(url));
    }

    /// <summary>Starts counting again, up to this number.</summary>
    public Task ExpectAsync(int count) => _control.GetStringAsync($"/control/expect?count={count}");

    /// <summary>Waits for the last expected one; the answer is the stopwatch's reading when it came.</summary>
    public Task<long> WaitAsync() => ReadAsync("/control/wait");

    /// <summary>Waits until so many have come since the last <see cref="ExpectAsync"/>; the answer is how many have. For one caller at a time.</summary>
    public Task<long> UntilAsync(long count) => ReadAsync($"/control/until?count={count}");

    /// <summary>The processor time that the receiver has used so far.</summary>
    public async Task<TimeSpan> CpuAsync() => TimeSpan.FromTicks(await ReadAsync("/control/cpu"));

    /// <summary>How long each of the timed ones took that came since the last <see cref="ExpectAsync"/>, in ticks of the stopwatch.</summary>
    public async Task<long[]> LatenciesAsync() =>
        [.. (await _control.GetStringAsync("/control/latencies")).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => long.Parse(t, CultureInfo.InvariantCulture))];

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<long> ReadAsync(string path) => long.Parse(await _control.GetStringAsync(path), CultureInfo.InvariantCulture);
}
