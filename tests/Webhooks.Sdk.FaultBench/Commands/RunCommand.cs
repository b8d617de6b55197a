using System.CommandLine;
using System.Diagnostics;
using Webhooks.Sdk.FaultBench.Scenarios;
using Webhooks.Sdk.FaultBench.Stores;
using Webhooks.Sdk.ThrowAwayPostgres;

namespace Webhooks.Sdk.FaultBench.Commands;

/// <summary>Plays scenarios one after the other and prints their figures. The exit code is 1 when a promise was broken.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var options = new Options();
        var command = new Command("run", "Plays scenarios.")
        {
            options.Scenarios, options.Store, options.Connection, options.Kills, options.Nodes, options.Seed, options.Rate, options.FanOut, options.Stages,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(options.Store) == StoreKind.Postgres && parsed.GetValue(options.Connection) is null && PostgresCluster.WhyNot is { } why)
            {
                Console.Error.WriteLine($"skipped: {why}. An existing server can be given with --connection.");
                return 2;
            }

            await using var stores = new StoreSource(parsed.GetValue(options.Store), parsed.GetValue(options.Connection));
            return await RunAsync(parsed.GetRequiredValue(options.Scenarios), options.Read(parsed), stores, cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(string[] names, BenchOptions options, StoreSource stores, CancellationToken cancel)
    {
        var broken = 0;
        foreach (var scenario in names.Contains(Options.AllScenarios) ? ScenarioCatalogue.All : ScenarioCatalogue.All.Where(s => names.Contains(s.Name)))
        {
            if (!scenario.RunsOn(stores.Kind))
            {
                Console.WriteLine($"{scenario.Name}: not on {stores.Kind}");
                continue;
            }

            broken += await RunAsync(scenario, options, stores, cancel) ? 0 : 1;
        }

        return broken == 0 ? 0 : 1;
    }

    private static async Task<bool> RunAsync(Scenario scenario, BenchOptions options, StoreSource stores, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        await using var store = await stores.CreateAsync(cancel);
        await using var bench = await Bench.CreateAsync(options, store.Choice, cancel);
        var printer = new Printer(Console.Out, $"{scenario.Name} on {stores.Kind}, {options.Nodes} nodes, seed {options.Seed}");
        try
        {
            var verdict = await scenario.RunAsync(bench, cancel);
            printer.Print(verdict, bench.Ledger.Refusals, Stopwatch.GetElapsedTime(started));
            if (verdict.Broken.Count == 0)
            {
                bench.Logs.Delete(recursive: true);
                return true;
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            printer.Print(e);
            Console.WriteLine($"  the store: {await store.DescribeAsync()}");
        }

        Console.WriteLine($"  the nodes' logs: {bench.Logs.FullName}");
        return false;
    }
}
