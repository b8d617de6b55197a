using System.Reflection;

namespace Webhooks.Sdk.Interop.Tests.Programs;

/// <summary>Node and the libraries that tests/run.sh installs.</summary>
internal static class Node
{
    private static readonly string Folder = typeof(Node).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(m => m.Key == "InteropFolder").Value!;

    /// <summary>Starts a script of tests/interop; skips the test where it cannot run.</summary>
    public static Program Start(string script, params IEnumerable<string> arguments)
    {
        Assert.SkipUnless(IsOnPath(), "skipped: Node is not installed; install nodejs and npm, or run tests/run.sh as root.");

        // npm writes this file last.
        Assert.SkipUnless(
            File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")),
            "skipped: the Node libraries are not installed; run `npm ci` in tests/interop, as tests/run.sh does.");

        return Program.Start("node", [Path.Combine(Folder, script), .. arguments]);
    }

    private static bool IsOnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));
}
