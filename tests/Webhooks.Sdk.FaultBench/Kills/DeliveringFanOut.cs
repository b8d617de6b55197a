using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>A part of very many endpoints has an event, the others have not.</summary>
internal sealed class DeliveringFanOut : KillStage
{
    public override string Name => "fan-out";

    public override bool IsHeavy => true;

    public override async Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel)
    {
        var id = $"{victim.Name}-all";
        var part = bench.Random.Next(bench.Options.FanOut / 10, bench.Options.FanOut * 9 / 10);
        var reached = bench.Receiver.Log.WatchAsync((key, _) => key.EventId == id, Math.Max(1, part));
        await victim.PublishAsync(FanOut.Tenant, id);
        await Bounded.WaitAsync(reached, $"{part} requests of {id}", cancel);
    }
}
