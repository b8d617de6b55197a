using System.CommandLine;
using System.Globalization;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>Where the bytes of a delivery go, for whoever wants fewer of them.</summary>
internal static class AllocationsCommand
{
    private const int Deliveries = 60_000;
    private const int Types = 40;

    public static Command Create()
    {
        var name = new Argument<string>("variant") { Description = "For example memory_batch.", DefaultValueFactory = _ => "memory_batch" };
        var command = new Command("allocations", "The bytes that one delivery allocates, by type, sampled.") { name };
        command.SetAction(async (parsed, _) =>
        {
            await using var receiver = await ReceiverProcess.StartAsync();
            await using var variant = Catalogue.All().Single(v => v.Name == parsed.GetValue(name));
            await variant.StartAsync(receiver);
            await Round.RunAsync(variant, receiver, Deliveries);
            var sample = await Round.RunAsync(variant, receiver, Deliveries);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.AllocatedBytes,8:0} all, exactly"));

            using var sampler = new AllocationSampler();
            await Round.RunAsync(variant, receiver, Deliveries);
            foreach (var (type, bytes) in sampler.Largest.Take(Types))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Deliveries,8:0} {type}"));
            }

            return 0;
        });
        return command;
    }
}
