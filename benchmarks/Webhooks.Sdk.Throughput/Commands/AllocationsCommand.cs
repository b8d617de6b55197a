using System.CommandLine;
using System.Globalization;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>Where the bytes of a delivery go, for whoever wants fewer of them.</summary>
internal static class AllocationsCommand
{
    private const int Deliveries = 60_000;
    private const int Types = 40;

    public static Command Create()
    {
        var name = new Option<string>("--variant") { Description = "For example memory_batch.", DefaultValueFactory = _ => "memory_batch" };
        return Run.Command("allocations", "The bytes that one delivery allocates, by type, sampled.", (run, parsed) => RunAsync(run, parsed.GetValue(name)!), name);
    }

    private static async Task RunAsync(Run run, string name)
    {
        await using var variant = Catalogue.All(run.Cluster).Single(v => v.Name == name);
        await variant.StartAsync(run.Receiver);
        await Round.RunAsync(variant, run.Receiver, Deliveries);
        var sample = await Round.RunAsync(variant, run.Receiver, Deliveries);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.AllocatedBytes,8:0} all, exactly"));

        using var sampler = new AllocationSampler();
        await Round.RunAsync(variant, run.Receiver, Deliveries);
        foreach (var (type, bytes) in sampler.Largest.Take(Types))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Deliveries,8:0} {type}"));
        }
    }
}
