namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>All scenarios, in the order in which <c>run all</c> plays them.</summary>
internal static class ScenarioCatalogue
{
    public static IReadOnlyList<Scenario> All { get; } = [new KillsScenario(), new StoppedNodeScenario(), new WrongClockScenario()];
}
