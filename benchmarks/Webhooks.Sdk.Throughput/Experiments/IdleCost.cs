using System.Diagnostics;
using System.Globalization;
using Webhooks.Sdk.Throughput.Commands;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>
/// What hosts cost that have worked and have nothing to do now: a process of its own for each store, all at the same time. They take more than a minute
/// to come to rest, so they are started before anything else is measured.
/// </summary>
internal sealed class IdleCost : IAsyncDisposable
{
    private readonly PostgreSqlCluster? _cluster;
    private readonly Dictionary<string, Process> _hosts;

    private IdleCost(PostgreSqlCluster? cluster, Dictionary<string, Process> hosts) => (_cluster, _hosts) = (cluster, hosts);

    /// <summary>Comes back when all have worked.</summary>
    public static async Task<IdleCost> StartAsync(Report report, PostgreSqlCluster? cluster, TimeSpan length)
    {
        string[] stores = cluster is null ? ["memory", "sqlite"] : ["memory", "sqlite", "postgres"];
        report.Progress("starting idle hosts");
        var idle = new IdleCost(cluster, stores.ToDictionary(s => s, s => Start(s, cluster, length)));
        foreach (var store in stores)
        {
            await idle.ReadAsync(store);
        }

        return idle;
    }

    public async Task MeasureAsync(Report report)
    {
        report.Progress("idle");
        foreach (var host in _hosts.Values)
        {
            await host.StandardInput.WriteLineAsync();
        }

        var (started, server) = (Stopwatch.GetTimestamp(), ServerCpu());
        foreach (var store in _hosts.Keys)
        {
            report.Add($"idle.{store}_cpu_percent_of_a_core", double.Parse(await ReadAsync(store), CultureInfo.InvariantCulture));
        }

        if (_cluster is not null)
        {
            report.Add("idle.postgres_server_cpu_percent_of_a_core", (ServerCpu() - server) / Stopwatch.GetElapsedTime(started) * 100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            host.StandardInput.Close();
            await host.WaitForExitAsync();
            host.Dispose();
        }
    }

    private TimeSpan ServerCpu() => _cluster is null ? TimeSpan.Zero : ServerUse.CpuOf(_cluster.ProcessId);

    private async Task<string> ReadAsync(string store) => await _hosts[store].StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException($"The idle host with {store} ended before it had measured anything.");

    private static Process Start(string store, PostgreSqlCluster? cluster, TimeSpan length)
    {
        var start = Self.Start(IdleHostCommand.Name, store, length.TotalSeconds.ToString(CultureInfo.InvariantCulture), cluster?.ConnectionString ?? "none");
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        return Process.Start(start)!;
    }
}
