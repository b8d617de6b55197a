using System.CommandLine;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>The short measurement: under three minutes, the ratios last.</summary>
internal static class CompareCommand
{
    private const int Rounds = 5;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var rounds = CommonOptions.Rounds(Rounds);
        var json = CommonOptions.Json();
        var command = new Command("compare", "Measures every variant in turns, in under three minutes, and prints the ratios last.") { rounds, json };
        command.SetAction(async (parsed, _) =>
        {
            var report = new Report();
            await RunAsync(report, parsed.GetValue(rounds), Length);
            await report.SaveAsync(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    public static async Task RunAsync(Report report, int rounds, TimeSpan length)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        var variants = Catalogue.All();
        foreach (var variant in variants)
        {
            await variant.StartAsync(receiver);
        }

        await new Comparison(receiver, variants).RunAsync(rounds, length, report);
        foreach (var variant in variants)
        {
            await variant.DisposeAsync();
        }
    }
}
