using System.Diagnostics;
using System.Globalization;
using Webhooks.Sdk.Throughput.Commands;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>What hosts cost that have worked and have nothing to do now: a process of its own for each store, all at the same time.</summary>
internal static class IdleCost
{
    public static async Task RunAsync(Report report, PostgreSqlCluster? cluster, TimeSpan length)
    {
        string[] stores = cluster is null ? ["memory", "sqlite"] : ["memory", "sqlite", "postgres"];
        report.Progress($"idle for {length.TotalSeconds} s");
        var hosts = stores.Select(s => Start(s, cluster, length)).ToList();
        foreach (var host in hosts)
        {
            await host.StandardOutput.ReadLineAsync(); // it has come to rest
        }

        var (started, server) = (Stopwatch.GetTimestamp(), ServerCpu());
        for (var i = 0; i < hosts.Count; i++)
        {
            var line = await hosts[i].StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"The idle host with {stores[i]} ended before it had measured anything.");
            report.Add($"idle.{stores[i]}_cpu_percent_of_a_core", double.Parse(line, CultureInfo.InvariantCulture));
        }

        if (cluster is not null)
        {
            report.Add("idle.postgres_server_cpu_percent_of_a_core", (ServerCpu() - server) / Stopwatch.GetElapsedTime(started) * 100);
        }

        foreach (var host in hosts)
        {
            await host.WaitForExitAsync();
            host.Dispose();
        }

        TimeSpan ServerCpu() => cluster is null ? TimeSpan.Zero : ServerUse.CpuOf(cluster.ProcessId);
    }

    private static Process Start(string store, PostgreSqlCluster? cluster, TimeSpan length)
    {
        var start = Self.Start(IdleHostCommand.Name, store, length.TotalSeconds.ToString(CultureInfo.InvariantCulture), cluster?.ConnectionString ?? "none");
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }
}
