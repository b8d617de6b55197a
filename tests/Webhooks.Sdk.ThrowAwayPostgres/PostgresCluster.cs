using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Webhooks.Sdk.ThrowAwayPostgres;

/// <summary>
/// A PostgreSQL server on loopback that lives as long as this process, and no longer however this process ends: the shell that owns it reads
/// our pipe, and stops it and removes its files when the pipe closes.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>For tests, which are many and lose no power: the same order of writes, but nobody waits for the disk.</summary>
    public const string ForTests = "-c fsync=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB -c max_connections=300 -c shared_buffers=256MB";

    private const string Script = """
        set -e
        bin=$1 port=$2 settings=$3
        dir=$(mktemp -d "${TMPDIR:-/tmp}/webhooks-pg-XXXXXX")
        trap '"$bin/pg_ctl" stop -D "$dir/data" -m immediate -s; rm -rf "$dir"' EXIT
        trap '' INT
        "$bin/initdb" -D "$dir/data" -A trust -U postgres -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
        "$bin/pg_ctl" start -w -s -D "$dir/data" -l "$dir/server.log" \
            -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir $settings" >&2 || { cat "$dir/server.log" >&2; exit 1; }
        echo ready
        cat >/dev/null
        """;

    private readonly Process _owner;

    private PostgresCluster(Process owner, int port)
    {
        _owner = owner;
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true");
    }

    /// <summary>Why no server can be started on this machine; null when one can.</summary>
    public static string? WhyNot { get; } =
        ServerPrograms.Find() is null ? "PostgreSQL's initdb is not installed on this machine; tests/run.sh installs it where it may" : null;

    public string ConnectionString { get; }

    /// <param name="settings">Options of the server (<c>-c name=value</c>); none for its defaults, with fsync on.</param>
    /// <param name="cancel">Gives up waiting for it.</param>
    public static async Task<PostgresCluster> StartAsync(string settings = "", CancellationToken cancel = default)
    {
        var programs = ServerPrograms.Find() ?? throw new InvalidOperationException(WhyNot);
        var port = FreePort();
        string[] shell = ["/bin/sh", "-c", Script, "sh", programs, port.ToString(CultureInfo.InvariantCulture), settings];
        string[] command = ServerPrograms.User() is { } user ? ["runuser", "-u", user, "--", .. shell] : shell;
        var owner = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var errors = owner.StandardError.ReadToEndAsync(CancellationToken.None);
        if (await owner.StandardOutput.ReadLineAsync(cancel) != "ready")
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {await errors}");
        }

        return new PostgresCluster(owner, port);
    }

    public async ValueTask DisposeAsync()
    {
        _owner.StandardInput.Close();
        await _owner.WaitForExitAsync();
        _owner.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
