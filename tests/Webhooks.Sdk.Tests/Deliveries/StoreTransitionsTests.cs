using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Sdk.Tests.Deliveries;

/// <summary>Whatever is done to the store in whatever order, it does what a naive model does.</summary>
public sealed class StoreTransitionsTests
{
    private static readonly Gen<StoreStep> Step =
        from kind in Gen.Frequency(
            (4, Gen.Constant(StoreStepKind.Enqueue)), (5, Gen.Constant(StoreStepKind.Claim)), (3, Gen.Constant(StoreStepKind.Advance)),
            (8, Gen.Elements(Enum.GetValues<StoreStepKind>())))
        from a in Gen.Choose(0, 31)
        from b in Gen.Choose(0, 31)
        select new StoreStep(kind, a, b);

    [Fact]
    public void Every_delivery_is_always_in_exactly_one_state_and_none_is_lost_or_doubled()
    {
        // 60 steps, so that leases end, deliveries come back and queues fill. Without steps that are not needed a counterexample is still one.
        var steps = Arb.From(Step.ArrayOf(60), Without);
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), Prop.ForAll(steps, (Func<StoreStep[], bool>)Holds));
    }

    private static IEnumerable<StoreStep[]> Without(StoreStep[] steps)
    {
        for (var length = steps.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= steps.Length; at += length)
            {
                yield return [.. steps[..at], .. steps[(at + length)..]];
            }
        }
    }

    // In memory nothing waits, so there is nothing to block on.
    private static bool Holds(StoreStep[] steps)
    {
        RunAsync(steps).GetAwaiter().GetResult();
        return true;
    }

    private static async Task RunAsync(StoreStep[] steps)
    {
        await using var fixture = new InMemoryFixture();
        await fixture.InitializeAsync();
        var run = new StoreRun(fixture);
        foreach (var step in steps)
        {
            await run.DoAsync(step);
        }

        await run.DrainAsync();
    }
}
