using System.Diagnostics;
using System.Globalization;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

/// <summary>The application of <c>tests/Webhooks.Sdk.EntityFrameworkCore.KilledHost</c>, as a process of its own.</summary>
internal sealed class KilledHost : IAsyncDisposable
{
    // 128 + SIGKILL.
    private const int Killed = 137;

    private readonly Process _process;
    private readonly Task<string> _errors;

    public KilledHost(string way, string database, string receiver, int first, int end)
    {
        // artifacts/bin/<this project>/<configuration> stands beside artifacts/bin/<that project>/<configuration>.
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        const string Name = "Webhooks.Sdk.EntityFrameworkCore.KilledHost";
        var program = Path.Combine(here.Parent!.Parent!.FullName, Name, here.Name, Name + ".dll");
        string[] arguments = [program, way, database, receiver, first.ToString(CultureInfo.InvariantCulture), end.ToString(CultureInfo.InvariantCulture)];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>Waits until so many more transactions have ended, and adds their numbers.</summary>
    public async Task ReadAsync(int count, ISet<int> ended, CancellationToken cancel)
    {
        for (var i = 0; i < count; i++)
        {
            var line = await _process.StandardOutput.ReadLineAsync(cancel) ?? throw new InvalidOperationException($"The host ended by itself: {await _errors}");
            ended.Add(int.Parse(line, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>SIGKILL, in the middle of whatever it is doing, and what else it had said. A line that it was writing does not count.</summary>
    public async Task KillAsync(ISet<int> ended, CancellationToken cancel)
    {
        _process.Kill();
        var rest = await _process.StandardOutput.ReadToEndAsync(cancel);
        await _process.WaitForExitAsync(cancel);
        _process.ExitCode.Should().Be(Killed, await _errors);
        ended.UnionWith(rest.Split('\n')[..^1].Select(line => int.Parse(line, CultureInfo.InvariantCulture)));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
