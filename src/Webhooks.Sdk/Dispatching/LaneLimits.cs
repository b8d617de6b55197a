namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// How much a lane may do at once, and how much it keeps in hand so that it never waits for a claim. What was full has room again when half of
/// it is gone: a claim for each place that becomes free would cost as much as one for all of them.
/// </summary>
internal readonly record struct LaneLimits(int Concurrency, int FullAt)
{
    public int RoomAt => FullAt / 2;
}
