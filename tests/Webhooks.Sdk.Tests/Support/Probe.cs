using System.Diagnostics;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>Sends from a process of its own, whose network and environment the test prepares. See Webhooks.Sdk.Tests.Probe.</summary>
internal static class Probe
{
    public sealed record Line(string Url, string Error, int Status, long ConnectionsBegun, string Answer);

    /// <summary>Why a network namespace cannot be made here; null when it can.</summary>
    public static async Task<string?> WhyNoNamespaceAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "a network namespace needs Linux and root";
        }

        try
        {
            var (exitCode, _, error) = await RunAsync(Start("unshare", ["-n", "ip", "link", "set", "lo", "up"], []));
            return exitCode == 0 ? null : $"no network namespace can be made here: {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "no network namespace can be made here: 'unshare' is not installed";
        }
    }

    /// <summary>In a new network namespace, whose only device is a loopback that has these addresses.</summary>
    public static Task<IReadOnlyList<Line>> InNamespaceAsync(IEnumerable<string> addresses, params string[] arguments)
    {
        var setUp = string.Join(" && ", addresses.Select(a => $"ip addr add {a} dev lo {(a.Contains(':') ? "nodad" : "")}").Prepend("ip link set lo up"));
        return LinesAsync(Start("unshare", ["-n", "sh", "-c", $"{setUp} && exec \"$@\"", "sh", Host, Path, .. arguments], []));
    }

    public static Task<IReadOnlyList<Line>> WithEnvironmentAsync(Dictionary<string, string> environment, params string[] arguments) =>
        LinesAsync(Start(Host, [Path, .. arguments], environment));

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "Webhooks.Sdk.Tests.Probe.dll");

    private static ProcessStartInfo Start(string file, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task<IReadOnlyList<Line>> LinesAsync(ProcessStartInfo start)
    {
        var (exitCode, output, error) = await RunAsync(start);
        exitCode.Should().Be(0, because: error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t'))
            .Select(f => new Line(f[0], f[1], int.Parse(f[2], null), long.Parse(f[3], null), f[4]))];
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
