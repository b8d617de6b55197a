using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk.ConsoleHost.Tests;

/// <summary>The built program as a real process, its output not a terminal.</summary>
internal sealed partial class RunningProgram : IDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    // Far beyond what any run takes; a run that hangs is ended, so that it fails instead of hanging the tests.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RunningProgram(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public static RunningProgram Start(string standardInput, params IReadOnlyList<string> arguments)
    {
        // A test run that was started in the background ignores SIGINT, and so would every program that it starts: `env` undoes that.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add("--default-signal=INT");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ConsoleHost.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var program = new RunningProgram(Process.Start(start)!);
        program._process.StandardInput.Write(standardInput);
        program._process.StandardInput.Close();
        return program;
    }

    /// <summary>Runs to the end.</summary>
    public static Task<Ended> RunAsync(params IReadOnlyList<string> arguments) => RunWithInputAsync("", arguments);

    public static async Task<Ended> RunWithInputAsync(string standardInput, params IReadOnlyList<string> arguments)
    {
        using var program = Start(standardInput, arguments);
        return await program.EndAsync();
    }

    public void Signal(int signal) => Kill(_process.Id, signal).Should().Be(0);

    public async Task<Ended> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return new Ended(_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

/// <summary>What a run left behind.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error);
