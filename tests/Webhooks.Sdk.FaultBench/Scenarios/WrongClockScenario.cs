using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.FaultBench.Judging;
using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Receiving;
using Webhooks.Sdk.FaultBench.Stores;

namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>
/// A node's clock is two hours ahead, then two hours behind. It must not claim what another node holds before that lease has ended, nor try
/// again before the delay is over, nor be late with either: only the database's clock counts.
/// </summary>
internal sealed class WrongClockScenario : Scenario
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    // Two clocks of one machine are read at two ends of a pipe, and a poll comes every quarter of a second: small beside two hours.
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    public override string Name => "wrong-clock";

    public override string Summary => "A node is two hours ahead or behind; it claims nothing early and retries nothing early or late.";

    // On SQLite all nodes share one machine, and so one clock.
    public override bool RunsOn(StoreKind store) => store == StoreKind.Postgres;

    public override async Task<Verdict> RunAsync(Bench bench, CancellationToken cancel)
    {
        List<string> broken =
        [
            .. await RunAsync(bench, "ahead", Offset, cancel),
            .. await RunAsync(bench, "behind", -Offset, cancel),
        ];
        await bench.View.DrainAsync(Bounded.Patience, cancel);
        var verdict = await bench.JudgeAsync(new Dictionary<string, int> { ["ahead"] = 1, ["behind"] = 1 }, 0, cancel);
        return verdict with { Broken = [.. verdict.Broken, .. broken] };
    }

    private static async Task<IEnumerable<string>> RunAsync(Bench bench, string direction, TimeSpan offset, CancellationToken cancel)
    {
        bench.Ledger.Stage = direction;
        await bench.SubscribeAsync(direction, 1, DeliveryOrdering.Unordered, cancel);
        bench.Receiver.Answer = (_, earlier) => earlier == 0 ? 500 : 204;

        // The holder claims and then stands still, so nobody renews its lease.
        var holder = bench.StartNode("holder");
        await Bounded.WaitAsync(holder.Ready, "the holder to start", cancel);
        await holder.ArmAsync(Stage.AfterClaim);
        var wrong = bench.StartNode(direction, s => s with { ClockOffset = offset, Delays = [RetryDelay] });
        var held = new DeliveryKey($"held-{direction}", $"{direction}-0");
        var delivered = bench.Receiver.Log.WatchAsync((key, arrival) => key == held && arrival.IsDelivery, 1);
        await holder.PublishAsync(direction, held.EventId);
        var published = bench.Receiver.Log.Now;
        await holder.AtAsync(cancel);
        await Bounded.WaitAsync(wrong.Ready, $"the node that is {direction} to start", cancel);
        await Bounded.WaitAsync(delivered, $"the node that is {direction} to deliver", cancel);
        await holder.KillAsync();
        await wrong.DisposeAsync();

        var arrivals = bench.Receiver.Log.Of(held);
        return Check(arrivals[0].At - published, holder.Settings.Lease, $"The node that is {direction} claimed")
            .Concat(Check(arrivals[1].At - arrivals[0].At, RetryDelay, $"The node that is {direction} tried again"));
    }

    private static IEnumerable<string> Check(TimeSpan actual, TimeSpan expected, string what)
    {
        if (actual < expected - Early || actual > expected + Late)
        {
            yield return $"{what} after {actual.TotalSeconds:0.0} s; it was to be {expected.TotalSeconds:0.0} s.";
        }
    }
}
