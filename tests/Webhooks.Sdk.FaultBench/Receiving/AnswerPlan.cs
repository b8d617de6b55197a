namespace Webhooks.Sdk.FaultBench.Receiving;

/// <summary>
/// What the receiver answers, by seed and not by chance: one event in fifty is refused for ever, so that there are deliveries to give up, and
/// one attempt in twenty is refused once.
/// </summary>
internal sealed class AnswerPlan(int seed)
{
    public int StatusOf(DeliveryKey key, int earlier) =>
        Refuses(key) || Hash($"{key.EventId}/{key.SubscriptionId}/{earlier}") % 20 == 0 ? 500 : 204;

    /// <summary>It is never answered with success, so the schedule gives it up.</summary>
    public bool Refuses(DeliveryKey key) => Hash(key.EventId) % 50 == 0 && !HoldsUpOthers(key);

    // In strict order each doomed event would hold up all that follow for the whole schedule.
    private static bool HoldsUpOthers(DeliveryKey key) => key.SubscriptionId == Scenarios.Load.FifoSubscription;

    // FNV-1a with a final mix: the same in every process, unlike string.GetHashCode.
    private uint Hash(string text)
    {
        var hash = 2166136261 ^ (uint)seed;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        return hash ^ (hash >> 13);
    }
}
