using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Webhooks.Sdk.Throughput.Databases;

/// <summary>
/// A PostgreSQL server on loopback with the settings it comes with, so every commit waits for the disk. It lives as long as this process, and no
/// longer however this process ends: the shell that owns it reads our pipe, and stops it and removes its files when the pipe closes. A signal to the
/// whole group reaches it too, so it waits in a builtin, which a trap interrupts.
/// </summary>
internal sealed class PostgreSqlCluster : IAsyncDisposable
{
    // The server refuses to run as root.
    private const string Unprivileged = "postgres";

    private const string Script = """
        set -e
        bin=$1 port=$2
        dir=$(mktemp -d "${TMPDIR:-/tmp}/webhooks-bench-pg-XXXXXX")
        trap '"$bin/pg_ctl" stop -D "$dir/data" -m immediate -s; rm -rf "$dir"' EXIT
        trap '' INT
        trap 'exit 0' TERM HUP
        "$bin/initdb" -D "$dir/data" -A trust -U bench -E UTF8 --no-locale --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
        "$bin/pg_ctl" start -w -s -D "$dir/data" -l "$dir/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir" >&2
        head -1 "$dir/data/postmaster.pid"
        while read -r _; do :; done
        """;

    private readonly Process _owner;

    private PostgreSqlCluster(Process owner, string programs, int port, int processId)
    {
        (_owner, Programs, Port, ProcessId) = (owner, programs, port, processId);
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=bench;Database=postgres";
    }

    public string ConnectionString { get; }

    public int Port { get; }

    /// <summary>The directory of the server's programs.</summary>
    public string Programs { get; }

    /// <summary>The server's first process; the others are its children.</summary>
    public int ProcessId { get; }

    /// <summary>Null when there is no server here; the report then says how to get one.</summary>
    public static async Task<PostgreSqlCluster?> StartAsync()
    {
        if (FindPrograms() is not { } programs)
        {
            return null;
        }

        var port = FreePort();
        string[] shell = ["/bin/sh", "-c", Script, "sh", programs, port.ToString(CultureInfo.InvariantCulture)];
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", Unprivileged, "--", .. shell] : shell;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var owner = Process.Start(start)!;
        var errors = owner.StandardError.ReadToEndAsync();
        return int.TryParse(await owner.StandardOutput.ReadLineAsync(), CultureInfo.InvariantCulture, out var processId)
            ? new PostgreSqlCluster(owner, programs, port, processId)
            : throw new InvalidOperationException($"PostgreSQL did not start: {await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        _owner.StandardInput.Close();
        await _owner.WaitForExitAsync();
        _owner.Dispose();
    }

    private static string? FindPrograms()
    {
        IEnumerable<string> versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending() : [];
        return versions.Select(v => Path.Combine(v, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
