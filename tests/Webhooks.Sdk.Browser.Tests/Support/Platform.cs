using System.Collections.Concurrent;
using System.Diagnostics;

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>samples/ReviewPlatform as a process, with a SQLite file of its own and a schedule of retries that takes seconds.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private const string Listening = "listening on: ";

    private readonly string _folder = Directory.CreateTempSubdirectory("review-platform-").FullName;
    private readonly Process _process = new() { EnableRaisingEvents = true };
    private readonly TaskCompletionSource<string> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _said = new();

    private Platform()
    {
        _process.StartInfo = new("dotnet", Arguments) { WorkingDirectory = Repository.Sample, RedirectStandardOutput = true, RedirectStandardError = true };

        // It lives for seconds: code that is compiled a second time, to run faster for hours, is not worth it.
        _process.StartInfo.Environment["DOTNET_TieredPGO"] = "0";
        _process.StartInfo.Environment["DOTNET_TC_CallCounting"] = "0";
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _listens.TrySetException(new InvalidOperationException("The sample ended before it listened."));
    }

    public string Url { get; private set; } = "";

    public string DatabaseFile => Path.Combine(_folder, "webhooks.db");

    private string[] Arguments =>
    [
        Path.Combine(AppContext.BaseDirectory, "ReviewPlatform.dll"), "--urls", "http://127.0.0.1:0", "--sqlite", $"Data Source={DatabaseFile}",
        "--retry-scale", "0.0001", "--Logging:LogLevel:Microsoft.AspNetCore", "Warning",
    ];

    public static async Task<Platform> StartAsync()
    {
        var platform = new Platform();
        platform._process.Start();
        try
        {
            platform._process.BeginOutputReadLine();
            platform._process.BeginErrorReadLine();
            platform.Url = await platform._listens.Task.WithinAsync(Bounds.Start, "The start of the sample");
            return platform;
        }
        catch (Exception e)
        {
            await platform.DisposeAsync();
            throw new InvalidOperationException($"{e.Message} It said:\n{string.Join('\n', platform._said)}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WithinAsync(Bounds.Step, "The end of the sample");
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // What it says is kept until it listens, for the error.
    private void Read(string? line)
    {
        if (line is null || _listens.Task.IsCompletedSuccessfully)
        {
            return;
        }

        _said.Enqueue(line);
        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _listens.TrySetResult(line[(at + Listening.Length)..].Trim());
        }
    }
}
