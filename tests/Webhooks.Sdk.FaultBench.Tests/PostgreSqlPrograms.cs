namespace Webhooks.Sdk.FaultBench.Tests;

/// <summary>Whether this machine has the PostgreSQL server that the bench starts for itself.</summary>
internal static class PostgreSqlPrograms
{
    public static bool Exist { get; } =
        Directory.Exists("/usr/lib/postgresql") || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, "initdb")));
}
