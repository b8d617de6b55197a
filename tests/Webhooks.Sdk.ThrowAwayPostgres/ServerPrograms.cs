namespace Webhooks.Sdk.ThrowAwayPostgres;

/// <summary>Where PostgreSQL's own programs are, and as whom they may run.</summary>
internal static class ServerPrograms
{
    // Debian and its kin keep the programs out of the path, one folder for each version.
    private const string Versions = "/usr/lib/postgresql";

    // The server refuses to run as root. The first of these that exists runs it instead.
    private static readonly string[] Unprivileged = ["postgres", "nobody"];

    /// <summary>The folder of <c>initdb</c> and <c>pg_ctl</c>; null when there is none.</summary>
    public static string? Find()
    {
        IEnumerable<string> versions = Directory.Exists(Versions) ? Directory.GetDirectories(Versions).OrderDescending() : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(versions.Select(v => Path.Combine(v, "bin")))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    /// <summary>The user to run as; null when we are not root and run as ourselves.</summary>
    public static string? User()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return Unprivileged.FirstOrDefault(users.Contains) ?? throw new InvalidOperationException("PostgreSQL does not run as root, and there is no other user for it.");
    }
}
