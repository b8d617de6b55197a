using System.Diagnostics;

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>samples/ReviewPlatform as a process, with a SQLite file of its own and a schedule of retries that takes seconds.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Platform(Process process, string folder, string url) => (_process, _folder, Url) = (process, folder, url);

    public string Url { get; }

    public string DatabaseFile => Path.Combine(_folder, "webhooks.db");

    public static async Task<Platform> StartAsync(double retryScale = 0.0001)
    {
        var folder = Directory.CreateTempSubdirectory("review-platform-").FullName;
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Sample,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "ReviewPlatform.dll"), "--urls", "http://127.0.0.1:0", "--sqlite", $"Data Source={Path.Combine(folder, "webhooks.db")}",
            "--retry-scale", retryScale.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        List<string> output = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.Add(line);
            if (line.IndexOf("listening on: ", StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new(process, folder, line[(at + "listening on: ".Length)..].Trim());
            }
        }

        throw new InvalidOperationException($"The sample did not start:\n{string.Join('\n', output)}\n{await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
