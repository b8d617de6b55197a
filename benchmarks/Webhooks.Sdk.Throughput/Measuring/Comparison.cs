using System.Diagnostics;
using System.Runtime;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>All variants side by side, in turns: what else the machine does then hits all of them alike.</summary>
internal sealed class Comparison(ReceiverProcess receiver, IReadOnlyList<IVariant> variants)
{
    private const int LightLoadPublications = 150;
    private const int FirstDeliveries = 1_000;

    // The JIT compiles the hot path up to three times, and a host that has run for ten seconds has that behind it.
    private const int MethodsAtRest = 40;
    private const int RoundsAtRest = 2;
    private static readonly TimeSpan WarmUpRound = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(6);

    private static readonly (string Name, string Variant, string Reference)[] Ratios =
    [
        ("ratio.memory_vs_raw_loop", "memory_batch", "raw_loop"),
        ("ratio.memory_single_vs_raw_loop", "memory_single", "raw_loop"),
        ("ratio.memory_vs_naive", "memory_batch", "naive"),
        ("ratio.fanout_vs_single", "memory_fanout", "memory_single"),
        ("ratio.postgres_vs_memory", "postgres_batch", "memory_batch"),
        ("ratio.postgres_2_nodes_vs_1", "postgres_2_nodes", "postgres_batch"),
        ("ratio.postgres_4_nodes_vs_1", "postgres_4_nodes", "postgres_batch"),
        ("ratio.sqlite_vs_memory", "sqlite_batch", "memory_batch"),
        ("ratio.sqlite_normal_vs_memory", "sqlite_normal_batch", "memory_batch"),
    ];

    private readonly Dictionary<string, List<Sample>> _samples = variants.ToDictionary(v => v.Name, _ => new List<Sample>());

    public async Task RunAsync(int rounds, TimeSpan length, Report report)
    {
        var deliveries = new Dictionary<IVariant, int>();
        foreach (var variant in variants)
        {
            deliveries[variant] = await WarmUpAsync(variant, length, report);
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < variants.Count; turn++)
            {
                // Each round begins with another variant, so none always follows the same one.
                var variant = variants[(round + turn) % variants.Count];
                var sample = await Round.RunAsync(variant, receiver, deliveries[variant]);
                _samples[variant.Name].Add(sample);
                report.Progress($"round {round + 1}: {variant.Name} {sample.DeliveriesPerSecond:0} deliveries/s");
            }
        }

        report.Note($"{rounds} rounds of about {length.TotalSeconds} s for each variant, {Limits.InFlight} in flight to one endpoint, median and (least – most)");
        foreach (var variant in variants)
        {
            await AddAsync(variant, _samples[variant.Name], report);
        }

        foreach (var (name, variant, reference) in Ratios)
        {
            if (_samples.TryGetValue(variant, out var samples) && _samples.TryGetValue(reference, out var references))
            {
                // Round by round: the two were measured within seconds of each other.
                report.Ratio(name, [.. samples.Zip(references, (a, b) => a.DeliveriesPerSecond / b.DeliveriesPerSecond)]);
            }
        }
    }

    // Until the JIT rests; then as many deliveries as keep it busy for the wanted time.
    private async Task<int> WarmUpAsync(IVariant variant, TimeSpan length, Report report)
    {
        report.Progress($"warming up {variant.Name}");
        var started = Stopwatch.GetTimestamp();
        var rate = (await Round.RunAsync(variant, receiver, FirstDeliveries)).DeliveriesPerSecond;
        for (var rest = 0; rest < RoundsAtRest && Stopwatch.GetElapsedTime(started) < LongestWarmUp;)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            rate = (await Round.RunAsync(variant, receiver, Deliveries(rate, WarmUpRound))).DeliveriesPerSecond;
            rest = JitInfo.GetCompiledMethodCount() - compiled <= MethodsAtRest ? rest + 1 : 0;
        }

        return Deliveries(rate, length);
    }

    private static int Deliveries(double perSecond, TimeSpan length) => Math.Max(1, (int)Math.Ceiling(perSecond * length.TotalSeconds / 1000)) * 1000;

    private async Task AddAsync(IVariant variant, List<Sample> samples, Report report)
    {
        Add("deliveries_per_second", s => s.DeliveriesPerSecond);
        if (variant.HasPublications)
        {
            Add("publishes_per_second", s => s.PublishesPerSecond);
            Add("publish_p50_us", s => s.PublishP50);
            Add("publish_p99_us", s => s.PublishP99);
        }

        Add("client_cpu_us_per_delivery", s => s.ClientCpu);
        Add("receiver_cpu_us_per_delivery", s => s.ReceiverCpu);
        if (samples.Any(s => s.WalBytes > 0))
        {
            Add("server_cpu_us_per_delivery", s => s.ServerCpu);
            Add("round_trips_per_delivery", s => s.RoundTrips);
            Add("wal_bytes_per_delivery", s => s.WalBytes);
        }

        Add("allocated_bytes_per_delivery", s => s.AllocatedBytes);
        Add("peak_heap_mb", s => s.PeakHeapMegabytes);

        var (call, arrival) = await LightLoad.RunAsync(variant, receiver, LightLoadPublications);
        report.Add($"{variant.Name}.idle_publish_p50_us", call.Percentile(50));
        report.Add($"{variant.Name}.idle_publish_p99_us", call.Percentile(99));
        report.Add($"{variant.Name}.idle_publish_to_received_p50_us", arrival.Percentile(50));
        report.Add($"{variant.Name}.idle_publish_to_received_p99_us", arrival.Percentile(99));

        void Add(string name, Func<Sample, double> value) => report.Add($"{variant.Name}.{name}", [.. samples.Select(value)]);
    }
}
