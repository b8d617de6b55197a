using System.Diagnostics;

namespace Webhooks.Sdk.FaultBench.Tests;

/// <summary>The bench, built beside these tests, run to its end.</summary>
internal static class BenchProcess
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string arguments, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(Find(), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, await output + await errors);
    }

    // artifacts/bin/<project>/<configuration>/
    private static string Find()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var name = typeof(BenchProcess).Namespace!.Replace(".Tests", "", StringComparison.Ordinal);
        return Path.Combine(here.Parent!.Parent!.FullName, name, here.Name, name);
    }
}
