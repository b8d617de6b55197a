namespace Webhooks.Sdk.FaultBench.Kills;

/// <summary>The tenant whose every event goes to very many endpoints.</summary>
internal static class FanOut
{
    public const string Tenant = "fan-out";
}
