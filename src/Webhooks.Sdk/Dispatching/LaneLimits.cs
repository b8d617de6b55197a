namespace Webhooks.Sdk.Dispatching;

/// <summary>How much a lane may do at once, and how much it keeps in hand so that it never waits for a claim.</summary>
internal readonly record struct LaneLimits(int Concurrency, int FullAt);
