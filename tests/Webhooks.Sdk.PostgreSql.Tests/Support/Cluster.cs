using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Tests.Support;

[assembly: AssemblyFixture(typeof(Cluster))]

namespace Webhooks.Sdk.PostgreSql.Tests.Support;

/// <summary>
/// A PostgreSQL of its own for this test run: made in a temporary directory, on loopback and a free port, and removed at the end. The server
/// refuses to run as root, so root runs it as an unprivileged user.
/// </summary>
public sealed class Cluster : IAsyncLifetime
{
    private static readonly string[] Users = ["postgres", "nobody"];

    private static Cluster? s_instance;

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"webhooks-pg-{Guid.NewGuid():N}");
    private readonly int _port = FreePort();
    private string? _user;
    private string? _bin;
    private string? _reason;

    private string Data => Path.Combine(_directory, "data");

    private string _connectionString = "";

    public static string ConnectionString => s_instance!._connectionString;

    /// <summary>Skips the test when there is no PostgreSQL here.</summary>
    public static void Require() => Assert.SkipWhen(s_instance!._reason is not null, $"skipped: {s_instance._reason}");

    /// <summary>Ends all server processes at once, as a crash does, and starts anew.</summary>
    public static void Restart()
    {
        var (bin, data, user) = (s_instance!._bin!, s_instance.Data, s_instance._user);
        Run(Path.Combine(bin, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"], user);
        s_instance.Start();
    }

    public async ValueTask InitializeAsync()
    {
        s_instance = this;
        _bin = FindBin();
        _user = Environment.UserName == "root" ? Users.FirstOrDefault(u => Run("id", ["-u", u]).ExitCode == 0) : null;
        if (_bin is null || (Environment.UserName == "root" && _user is null))
        {
            _reason = _bin is null ? "initdb is not installed (tests/run.sh installs it)" : "there is no unprivileged user to run PostgreSQL as";
            return;
        }

        Directory.CreateDirectory(_directory);
        if (_user is not null)
        {
            Must("chown", [_user, _directory]);
        }

        Must(Path.Combine(_bin, "initdb"), ["-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], _user);
        Start();
        _connectionString = $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Maximum Pool Size=100;Include Error Detail=true";
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(_directory))
        {
            Run(Path.Combine(_bin!, "pg_ctl"), ["-D", Data, "-m", "immediate", "stop"], _user);
            Directory.Delete(_directory, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    // Answers are still made durable in order, only not to the platters: the machine does not lose power in these tests.
    private void Start() => Must(
        Path.Combine(_bin!, "pg_ctl"),
        [
            "-D", Data, "-w", "-l", Path.Combine(_directory, "log"), "-o",
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_directory} -c max_connections=300 -c fsync=off -c wal_level=minimal -c max_wal_senders=0 -c shared_buffers=256MB "
            + "-c maintenance_work_mem=256MB -c max_wal_size=4GB",
            "start",
        ],
        _user);

    private static string? FindBin()
    {
        string[] candidates =
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
            .. Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")) : [],
        ];
        return candidates.FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Must(string program, string[] arguments, string? user = null)
    {
        var (exitCode, output) = Run(program, arguments, user);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {exitCode}: {output}");
        }
    }

    private static (int ExitCode, string Output) Run(string program, string[] arguments, string? user = null)
    {
        // The server outlives pg_ctl and would keep its pipes open, so nothing is piped from the starting of it.
        var isServer = arguments.Contains("start");
        var start = new ProcessStartInfo(user is null ? program : "runuser")
        {
            RedirectStandardOutput = !isServer,
            RedirectStandardError = !isServer,
            WorkingDirectory = "/",
        };
        foreach (var argument in user is null ? arguments : ["-u", user, "--", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = isServer ? "" : process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
