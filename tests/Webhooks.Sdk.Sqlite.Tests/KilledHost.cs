using System.Diagnostics;

namespace Webhooks.Sdk.Sqlite.Tests;

/// <summary>The host of <c>tests/Webhooks.Sdk.Sqlite.KilledHost</c>, as a process of its own.</summary>
internal sealed class KilledHost : IDisposable
{
    private readonly Process _process;

    public KilledHost(string file, string receiver, string run, int publishers)
    {
        // artifacts/bin/<this project>/<configuration> stands beside artifacts/bin/<that project>/<configuration>.
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(here.Parent!.Parent!.FullName, "Webhooks.Sdk.Sqlite.KilledHost", here.Name, "Webhooks.Sdk.Sqlite.KilledHost.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, file, receiver, run, publishers.ToString(null as IFormatProvider)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Reads acknowledged ids until there are so many.</summary>
    public async Task<List<string>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        while (ids.Count < count)
        {
            ids.Add(await _process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException($"The host ended by itself: {await _process.StandardError.ReadToEndAsync(cancellationToken)}"));
        }

        return ids;
    }

    /// <summary>SIGKILL. Returns what else it had acknowledged; a line that it was writing at that moment does not count.</summary>
    public async Task<List<string>> KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        var rest = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        var lines = rest.Split('\n');
        return [.. lines[..^1]];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
