using Webhooks.Sdk.FaultBench.Receiving;

namespace Webhooks.Sdk.FaultBench.Judging;

/// <summary>
/// Compares what was promised with what arrived: acknowledged ⊆ delivered ∪ failed ∪ pending; nothing delivered that was not published;
/// no node that was hit repeats more than it can have had in flight.
/// </summary>
internal sealed class Oracle(
    Ledger ledger,
    ReceivedLog received,
    IReadOnlyDictionary<string, IReadOnlySet<string>> subscribers,
    StoreStates states,
    Repetitions repetitions,
    Func<DeliveryKey, bool> refuses)
{
    // Enough to find the cause by, not so many that nobody reads them.
    private const int MostSentences = 20;

    private readonly Dictionary<string, Figures> _stages = [];
    private readonly List<string> _broken = [];

    /// <param name="kills">How often a node was killed, by stage.</param>
    /// <param name="inFlight">What one node can have in flight.</param>
    /// <param name="cancel">Ends the reading of the attempts log.</param>
    public async ValueTask<Verdict> JudgeAsync(IReadOnlyDictionary<string, int> kills, int inFlight, CancellationToken cancel)
    {
        foreach (var (id, published) in ledger.Events)
        {
            await JudgeAsync(id, published, cancel);
        }

        JudgeArrivals();
        foreach (var (stage, count) in kills)
        {
            Of(stage).Kills = count;
        }

        var total = new Figures();
        foreach (var figures in _stages.Values)
        {
            total.Add(figures);
        }

        _broken.AddRange(repetitions.ByNode.Where(n => n.Value > inFlight).Select(n =>
            $"{n.Value} deliveries of {n.Key} were repeated, and it cannot have had more than {inFlight} in flight when it was hit."));

        return new Verdict([.. _stages.OrderBy(s => s.Key, StringComparer.Ordinal)], total, Shorten(_broken));
    }

    private async ValueTask JudgeAsync(string id, LedgerEvent published, CancellationToken cancel)
    {
        var figures = Of(published.Stage);
        var targets = subscribers[published.Tenant];
        if (published.Promised is { } promised && promised != targets.Count)
        {
            _broken.Add($"{id} was acknowledged with {promised} deliveries, but its tenant has {targets.Count} subscriptions.");
        }

        foreach (var subscription in targets)
        {
            await JudgeAsync(new DeliveryKey(id, subscription), published, figures, cancel);
        }

        if (!published.IsDue && targets.Count(s => Exists(new DeliveryKey(id, s))) is var some && some > 0 && some < targets.Count)
        {
            _broken.Add($"{id} exists for {some} of its {targets.Count} subscriptions ({published.Stage}): all or none.");
        }
    }

    private async ValueTask JudgeAsync(DeliveryKey key, LedgerEvent published, Figures figures, CancellationToken cancel)
    {
        var arrived = received.Of(key).Count(a => a.IsDelivery);
        if (arrived > 1)
        {
            await JudgeRepetitionAsync(key, figures, cancel);
        }

        if (published.IsNeverCommitted && Exists(key))
        {
            figures.Unpublished++;
            _broken.Add($"{key.EventId} to {key.SubscriptionId} exists although its transaction never committed ({published.Stage}).");
        }

        if (!published.IsDue)
        {
            figures.Unacknowledged += arrived > 0 ? 1 : 0;
            return;
        }

        figures.Published++;
        if (arrived > 0)
        {
            figures.Delivered++;
        }
        else if (states.Failed.Contains(key))
        {
            JudgeFailed(key, published, figures);
        }
        else if (states.Pending.Contains(key))
        {
            figures.Pending++;
        }
        else
        {
            figures.Lost++;
            _broken.Add($"{key.EventId} to {key.SubscriptionId} is lost ({published.Stage}): {received.CountOf(key)} requests, none answered with success.");
        }
    }

    private void JudgeFailed(DeliveryKey key, LedgerEvent published, Figures figures)
    {
        if (refuses(key))
        {
            figures.GivenUp++;
            return;
        }

        figures.Failed++;
        _broken.Add($"{key.EventId} to {key.SubscriptionId} failed although the receiver takes it ({published.Stage}): " +
            string.Join(", ", received.Of(key).Select(a => $"{a.At.TotalSeconds:0.000} s {a.Node} {a.Status}")));
    }

    private async ValueTask JudgeRepetitionAsync(DeliveryKey key, Figures figures, CancellationToken cancel)
    {
        var repetition = await repetitions.ExplainAsync(key, cancel);
        figures.Duplicated += repetition.ByFault + repetition.Late;
        figures.Late += repetition.Late;
        if (repetition.Unexplained > 0)
        {
            _broken.Add($"{key.EventId} came to {key.SubscriptionId} again although a node that lives had delivered it: " +
                string.Join(", ", received.Of(key).Select(a => $"{a.At.TotalSeconds:0.000} s {a.Node} {a.Status}")));
        }
    }

    private bool Exists(DeliveryKey key) => received.CountOf(key) > 0 || states.Failed.Contains(key) || states.Pending.Contains(key);

    private void JudgeArrivals()
    {
        foreach (var key in received.Keys)
        {
            if (ledger.Find(key.EventId) is not { } published || !subscribers[published.Tenant].Contains(key.SubscriptionId))
            {
                Of("").Unpublished++;
                _broken.Add($"{key.EventId} came to {key.SubscriptionId}, but nobody published it to there.");
            }
        }
    }

    private Figures Of(string stage) => _stages.TryGetValue(stage, out var figures) ? figures : _stages[stage] = new Figures();

    private static List<string> Shorten(List<string> sentences) => sentences.Count <= MostSentences ? sentences
        : [.. sentences.Take(MostSentences), $"… and {sentences.Count - MostSentences} more."];
}
