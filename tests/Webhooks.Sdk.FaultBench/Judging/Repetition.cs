namespace Webhooks.Sdk.FaultBench.Judging;

/// <summary>The repetitions of one delivery, by reason.</summary>
/// <param name="ByFault">The earlier sender was killed or stopped.</param>
/// <param name="Late">The earlier sender lives.</param>
/// <param name="Unexplained">How many of the latter the attempts log does not explain; positive is a broken promise.</param>
internal readonly record struct Repetition(int ByFault, int Late, int Unexplained);
