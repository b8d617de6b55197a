using System.CommandLine;
using Webhooks.Sdk.FaultBench.Kills;
using Webhooks.Sdk.FaultBench.Scenarios;
using Webhooks.Sdk.FaultBench.Stores;

namespace Webhooks.Sdk.FaultBench.Commands;

/// <summary>What <c>run</c> takes.</summary>
internal sealed class Options
{
    public const string AllScenarios = "all";

    private static readonly BenchOptions Defaults = new();

    public Options()
    {
        Scenarios.AcceptOnlyFromAmong([AllScenarios, .. ScenarioCatalogue.All.Select(s => s.Name)]);
        Stages.AcceptOnlyFromAmong([.. KillStages.All.Select(s => s.Name)]);
    }

    public Argument<string[]> Scenarios { get; } = new("scenario") { Description = "Which ones; list tells what they do.", Arity = ArgumentArity.OneOrMore };

    public Option<StoreKind> Store { get; } = new("--store") { Description = "memory loses by nature: it shows that the bench notices.", DefaultValueFactory = _ => StoreKind.Sqlite };

    public Option<string?> Connection { get; } = new("--connection") { Description = "An existing PostgreSQL server to create databases on; a throw-away server by default." };

    public Option<int> Kills { get; } = new("--kills") { Description = "How often a node is killed.", DefaultValueFactory = _ => Defaults.Kills };

    public Option<int> Nodes { get; } = new("--nodes") { Description = "How many nodes share the store.", DefaultValueFactory = _ => Defaults.Nodes };

    public Option<int> Seed { get; } = new("--seed") { Description = "Decides victims, stages, moments and answers.", DefaultValueFactory = _ => Defaults.Seed };

    public Option<double> Rate { get; } = new("--rate") { Description = "Events that each node publishes in a second.", DefaultValueFactory = _ => Defaults.Rate };

    public Option<int> FanOut { get; } = new("--fan-out") { Description = "Endpoints of the large event.", DefaultValueFactory = _ => Defaults.FanOut };

    public Option<string[]> Stages { get; } = new("--stages")
    {
        Description = "Only these kinds of kill; all by default.",
        AllowMultipleArgumentsPerToken = true,
    };

    public BenchOptions Read(ParseResult parsed) => new()
    {
        Kills = parsed.GetValue(Kills),
        Nodes = parsed.GetValue(Nodes),
        Seed = parsed.GetValue(Seed),
        Rate = parsed.GetValue(Rate),
        FanOut = parsed.GetValue(FanOut),
        Stages = parsed.GetValue(Stages) ?? [],
    };
}
