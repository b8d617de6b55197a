using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Stores;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>The server's own measure: single-row inserts from 64 connections by pgbench, which is written in C and costs the machine less than Npgsql.</summary>
internal static partial class PgBench
{
    private const string Script = "INSERT INTO bare_pgbench (data) VALUES (decode(repeat('ab', 500), 'hex'));";

    public static async Task RunAsync(Report report, PostgreSqlCluster cluster)
    {
        var program = Path.Combine(cluster.Programs, "pgbench");
        if (!File.Exists(program))
        {
            report.Missing.Add("postgres_floor.pgbench_inserts_per_second, because pgbench is not beside initdb (Debian, Ubuntu: apt-get install postgresql-contrib).");
            return;
        }

        await using var store = new PostgreSqlStore(cluster);
        await store.CreateAsync();
        await Sql.ExecuteAsync(store.ConnectionString, "CREATE TABLE bare_pgbench (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data bytea NOT NULL)");
        var start = new ProcessStartInfo(program, [
            "-n", "-c", "64", "-j", "2", "-T", "5", "-M", "prepared", "-f", "/dev/stdin", "-h", "127.0.0.1", "-p", cluster.Port.ToString(CultureInfo.InvariantCulture),
            "-U", "bench", store.Database])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(Script);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        report.Add("postgres_floor.pgbench_inserts_per_second", double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Rate();
}
