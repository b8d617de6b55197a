using System.Diagnostics;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;

/// <summary>The program of <c>tests/Webhooks.Sdk.AspNetCore.KilledReceiver</c>, as a process of its own.</summary>
internal sealed class KilledReceiver : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(50);

    private readonly Process _process;

    public KilledReceiver(string file, string mode)
    {
        // artifacts/bin/<this project>/<configuration> stands beside artifacts/bin/<that project>/<configuration>.
        const string name = "Webhooks.Sdk.AspNetCore.KilledReceiver";
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(here.Parent!.Parent!.FullName, name, here.Name, $"{name}.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, file, mode]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>The next line. The first is the URL.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Limit, cancellationToken)
        ?? throw new InvalidOperationException($"The receiver ended by itself: {await _process.StandardError.ReadToEndAsync(cancellationToken)}");

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
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
