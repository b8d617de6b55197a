using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.FaultBench.Judging;
using Webhooks.Sdk.FaultBench.Kills;
using Webhooks.Sdk.FaultBench.Nodes;

namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>SIGKILL under load, again and again, at random moments and at each point of an event's way.</summary>
internal sealed class KillsScenario : Scenario
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(3);

    public override string Name => "kills";

    public override string Summary => "Nodes are killed under load (--kills, --nodes), at random moments and at each stage of a delivery; nothing is lost.";

    public override async Task<Verdict> RunAsync(Bench bench, CancellationToken cancel)
    {
        var plan = KillStages.Plan(bench.Options.Kills, bench.Options.Stages, bench.Random);
        await Load.SubscribeAsync(bench, cancel);
        if (plan.Any(s => s.IsHeavy))
        {
            await bench.SubscribeAsync(FanOut.Tenant, bench.Options.FanOut, DeliveryOrdering.Unordered, cancel);
        }

        bench.Ledger.Stage = "starting";
        var answers = new Receiving.AnswerPlan(bench.Options.Seed);
        (bench.Receiver.Answer, bench.Receiver.Refuses) = (answers.StatusOf, answers.Refuses);

        var fleet = new Fleet(bench, Load.Round);
        await fleet.StartAsync(bench.Options.Nodes, cancel);
        foreach (var stage in plan)
        {
            bench.Ledger.Stage = stage.Name;
            var victim = await fleet.PickAsync();
            await stage.ReachAsync(bench, victim, cancel);
            await fleet.KillAsync(victim, cancel);
        }

        bench.Ledger.Stage = "after the last";
        bench.Receiver.EndHold();
        await fleet.QuietAsync(cancel);
        await bench.View.DrainAsync(DrainPatience, cancel);
        var verdict = await bench.JudgeAsync(plan.CountBy(s => s.Name).ToDictionary(), NodeServices.MaxInFlight, cancel);
        return verdict with { Broken = [.. verdict.Broken, .. FifoOrder.Check(bench.Ledger, bench.Receiver.Log, Load.FifoTenant, Load.FifoSubscription)] };
    }
}
