using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>Under load, whatever the node is doing. Three times of four it has begun to deliver, else it may still be warming up.</summary>
internal sealed class AtRandom : KillStage
{
    public override string Name => "random";

    public override async Task ReachAsync(Bench bench, NodeProcess victim, CancellationToken cancel)
    {
        if (bench.Random.Next(4) > 0)
        {
            var sends = bench.Receiver.Log.WatchAsync((_, arrival) => arrival.Node == victim.Name, 1);
            await Bounded.WaitAsync(sends, $"a request of {victim.Name}", cancel);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(bench.Random.Next(800)), cancel);
    }
}
