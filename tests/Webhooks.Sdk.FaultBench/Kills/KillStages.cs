namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>All stages, and which of them each kill of a run is played at.</summary>
internal static class KillStages
{
    // One kill in so many is of each heavy kind.
    private const int HeavyEvery = 25;

    public static IReadOnlyList<KillStage> All { get; } =
        [new AtRandom(), new BeforeCommit(), new AfterCommit(), new AfterClaim(), new WhileSending(), new AfterAnswer(), new EnqueuingFanOut(), new DeliveringFanOut()];

    /// <summary>Half of the kills at random moments, the others spread over the stages, in an order that the seed decides.</summary>
    public static IReadOnlyList<KillStage> Plan(int kills, IReadOnlyList<string> names, Random random)
    {
        KillStage[] stages = [.. All.Where(s => names.Count == 0 || names.Contains(s.Name))];
        List<KillStage> plan = [.. stages.Where(s => s.IsHeavy).SelectMany(s => Enumerable.Repeat(s, (kills + HeavyEvery - 1) / HeavyEvery))];
        KillStage[] light = [.. stages.Where(s => !s.IsHeavy)];
        KillStage[] targeted = light.Length > 1 ? [.. light.Where(s => s is not AtRandom)] : light;
        for (var i = 0; plan.Count < kills; i++)
        {
            plan.Add(light.Length == 0 ? stages[i % stages.Length] : i % 2 == 0 ? light[0] : targeted[i / 2 % targeted.Length]);
        }

        var some = plan.Take(kills).ToArray();
        random.Shuffle(some);
        return some;
    }
}
