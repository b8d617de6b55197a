using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>All variants side by side, in turns: what else the machine does then hits all of them alike.</summary>
internal sealed class Comparison(ReceiverProcess receiver, IReadOnlyList<IVariant> variants)
{
    private const int LightLoadPublications = 300;

    // Long enough for the JIT to have compiled the hot path for the second time.
    private const int WarmUpDeliveries = 20_000;

    private readonly Dictionary<string, List<Sample>> _samples = variants.ToDictionary(v => v.Name, _ => new List<Sample>());

    public async Task RunAsync(int rounds, TimeSpan length, Report report)
    {
        var deliveries = await WarmUpAsync(length, report);
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < variants.Count; turn++)
            {
                // Each round begins with another variant, so none always follows the same one.
                var variant = variants[(round + turn) % variants.Count];
                var sample = await Round.RunAsync(variant, receiver, deliveries);
                _samples[variant.Name].Add(sample);
                report.Progress($"round {round + 1}: {variant.Name} {sample.DeliveriesPerSecond:0} deliveries/s");
            }
        }

        report.Note($"{rounds} rounds of {deliveries} deliveries for each variant, {Limits.InFlight} in flight to one endpoint, median and (least – most)");
        foreach (var variant in variants)
        {
            await AddAsync(variant, _samples[variant.Name], report);
        }

        AddRatio(report, "ratio.memory_vs_raw_loop", "memory_batch", "raw_loop");
        AddRatio(report, "ratio.memory_single_vs_raw_loop", "memory_single", "raw_loop");
        AddRatio(report, "ratio.memory_vs_naive", "memory_batch", "naive");
        AddRatio(report, "ratio.fanout_vs_single", "memory_fanout", "memory_single");
    }

    // As many deliveries for everybody as the fastest needs to be busy for the wanted time.
    private async Task<int> WarmUpAsync(TimeSpan length, Report report)
    {
        var fastest = 0.0;
        foreach (var variant in variants)
        {
            report.Progress($"warming up {variant.Name}");
            await Round.RunAsync(variant, receiver, WarmUpDeliveries);
            fastest = Math.Max(fastest, (await Round.RunAsync(variant, receiver, WarmUpDeliveries)).DeliveriesPerSecond);
        }

        return (int)Math.Ceiling(fastest * length.TotalSeconds / 1000) * 1000;
    }

    private async Task AddAsync(IVariant variant, List<Sample> samples, Report report)
    {
        Add("deliveries_per_second", s => s.DeliveriesPerSecond);
        if (variant is not RawLoop)
        {
            Add("publishes_per_second", s => s.PublishesPerSecond);
            Add("publish_p50_us", s => s.PublishP50);
            Add("publish_p99_us", s => s.PublishP99);
        }

        Add("client_cpu_us_per_delivery", s => s.ClientCpu);
        Add("receiver_cpu_us_per_delivery", s => s.ReceiverCpu);
        Add("allocated_bytes_per_delivery", s => s.AllocatedBytes);
        Add("peak_heap_mb", s => s.PeakHeapMegabytes);

        var (call, arrival) = await LightLoad.RunAsync(variant, receiver, LightLoadPublications);
        report.Add($"{variant.Name}.idle_publish_p50_us", call.Percentile(50));
        report.Add($"{variant.Name}.idle_publish_p99_us", call.Percentile(99));
        report.Add($"{variant.Name}.idle_publish_to_received_p50_us", arrival.Percentile(50));
        report.Add($"{variant.Name}.idle_publish_to_received_p99_us", arrival.Percentile(99));

        void Add(string name, Func<Sample, double> value) => report.Add($"{variant.Name}.{name}", [.. samples.Select(value)]);
    }

    // Round by round: the two were measured within seconds of each other.
    private void AddRatio(Report report, string name, string variant, string reference) => report.Add(
        name, [.. _samples[variant].Zip(_samples[reference], (a, b) => a.DeliveriesPerSecond / b.DeliveriesPerSecond)]);
}
