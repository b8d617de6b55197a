using System.Diagnostics;
using System.Text;

namespace Webhooks.Sdk.Interop.Tests.Programs;

/// <summary>A program as a real process, talked to in UTF-8 through its standard streams.</summary>
internal sealed class Program : IDisposable
{
    // Far beyond what any run takes; a run that hangs is ended, so that it fails instead of hanging the tests.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private Program(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public static Program Start(string name, params IEnumerable<string> arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Program(Process.Start(new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        })!);
    }

    /// <summary>The next line of output; null when the program ended without one.</summary>
    public Task<string?> ReadLineAsync() =>
        _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>Gives the program the last of its input and waits for its end.</summary>
    public async Task<Ended> EndAsync(string standardInput = "")
    {
        var output = _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.StandardInput.WriteAsync(standardInput);
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return new Ended(_process.ExitCode, await output, await _error);
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

/// <summary>What a run left behind.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error);
