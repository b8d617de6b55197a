using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OutboxHost;

/// <summary>A PostgreSQL cluster of its own on a free loopback port, removed at the end. Needs the server's programs, nothing else.</summary>
internal sealed class ThrowAwayPostgres : IAsyncDisposable
{
    // PostgreSQL refuses to run as root.
    private const string Unprivileged = "postgres";

    private readonly string _programs;
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"webhooks-pg-{Guid.NewGuid():n}");
    private readonly int _port = FreePort();

    private ThrowAwayPostgres(string programs) => _programs = programs;

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Include Error Detail=true";

    /// <summary>The folder of the newest <c>initdb</c> that is installed, or null.</summary>
    public static string? FindPrograms() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(Folders("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")))
        .Concat(Folders("/usr").Where(f => Path.GetFileName(f).StartsWith("pgsql", StringComparison.Ordinal)).Select(f => Path.Combine(f, "bin")))
        .FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "pg_ctl")));

    public static async Task<ThrowAwayPostgres> StartAsync(string programs)
    {
        var cluster = new ThrowAwayPostgres(programs);
        Directory.CreateDirectory(cluster._directory);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", Unprivileged, cluster._directory);
        }

        await cluster.RunProgramAsync("initdb", "-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        await cluster.RunProgramAsync(
            "pg_ctl", "start", "-w", "-D", cluster.Data, "-l", Path.Combine(cluster._directory, "log"),
            "-o", $"-p {cluster._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200");
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await RunProgramAsync("pg_ctl", "stop", "-m", "immediate", "-D", Data);
        Directory.Delete(_directory, recursive: true);
    }

    private string Data => Path.Combine(_directory, "data");

    private Task RunProgramAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", Unprivileged, "--", Path.Combine(_programs, program), .. arguments])
        : RunAsync(Path.Combine(_programs, program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Nothing is redirected but the input: the server would inherit the pipes and keep them open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", program, program, .. arguments]) { WorkingDirectory = "/" })
            ?? throw new Win32Exception($"{program} did not start.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static IEnumerable<string> Folders(string root) => Directory.Exists(root) ? Directory.GetDirectories(root).OrderDescending() : [];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
