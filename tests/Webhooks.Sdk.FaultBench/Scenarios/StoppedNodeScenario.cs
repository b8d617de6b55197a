using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.FaultBench.Judging;
using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Stores;

namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>
/// A node is stopped (SIGSTOP) past its lease while its requests are out. Another one takes its deliveries over and delivers them. When the
/// first wakes, its requests have failed; it must not write that over what its successor wrote.
/// </summary>
internal sealed class StoppedNodeScenario : Scenario
{
    private const string Tenant = "stopped";
    private const int Events = 20;

    public override string Name => "stopped-node";

    public override string Summary => "A node sleeps past its lease with requests in flight, another takes over; the sleeper records nothing over it.";

    public override bool RunsOn(StoreKind store) => store != StoreKind.Memory;

    public override async Task<Verdict> RunAsync(Bench bench, CancellationToken cancel)
    {
        bench.Ledger.Stage = Name;
        await bench.SubscribeAsync(Tenant, 1, DeliveryOrdering.Unordered, cancel);

        var sleeper = bench.StartNode("sleeper");
        await Bounded.WaitAsync(sleeper.Ready, "the sleeper to start", cancel);
        var hold = bench.Receiver.HoldFrom(sleeper.Name);
        await PublishAsync(sleeper);
        await Bounded.WaitAsync(hold.First, "a request of the sleeper", cancel);
        sleeper.Stop();

        var successor = bench.StartNode("successor");
        var all = bench.Receiver.Log.WatchAsync((_, arrival) => arrival.IsDelivery && arrival.Node == successor.Name, Events);
        await Bounded.WaitAsync(all, $"the successor to deliver {Events} events of the sleeper", cancel);
        await bench.View.DrainAsync(Bounded.Patience, cancel);
        var before = await StatesAsync(bench, cancel);

        hold.Release(500);
        bench.Receiver.EndHold();
        sleeper.Continue();
        await sleeper.LostAsync(hold.Count, cancel);
        var after = await StatesAsync(bench, cancel);

        var verdict = await bench.JudgeAsync(new Dictionary<string, int> { [Name] = 1 }, NodeServices.MaxInFlight, cancel);
        return verdict with { Broken = [.. verdict.Broken, .. Compare(before, after), .. SentAgain(bench, sleeper)] };
    }

    private static async Task PublishAsync(NodeProcess node)
    {
        for (var i = 0; i < Events; i++)
        {
            await node.PublishAsync(Tenant, $"stopped-{i}");
        }
    }

    private static async Task<IReadOnlyList<WebhookDelivery>> StatesAsync(Bench bench, CancellationToken cancel) =>
        (await bench.View.Deliveries.ListAsync(new DeliveryQuery { TenantId = Tenant, PageSize = Events }, cancel)).Items;

    // It had claimed more than it may have out to one endpoint.
    private static IEnumerable<string> SentAgain(Bench bench, NodeProcess sleeper) =>
        bench.Receiver.Log.Keys.Where(k => bench.Receiver.Log.Of(k).Any(a => a.IsDelivery && a.Node == sleeper.Name))
            .Select(k => $"The sleeper sent {k.EventId} when it woke, although its lease had ended and another node had delivered it.");

    private static IEnumerable<string> Compare(IReadOnlyList<WebhookDelivery> before, IReadOnlyList<WebhookDelivery> after)
    {
        if (before.Count != Events || before.Any(d => d.State != DeliveryState.Delivered))
        {
            yield return $"Of {Events} deliveries the store lists {before.Count(d => d.State == DeliveryState.Delivered)} as delivered before the sleeper wakes.";
        }

        foreach (var (earlier, later) in before.Zip(after))
        {
            if (earlier != later)
            {
                yield return $"The sleeper changed a delivery: {earlier} became {later}.";
            }
        }
    }
}
