using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.FaultBench.Receiving;

namespace Webhooks.Sdk.FaultBench.Judging;

/// <summary>
/// Why a delivery arrived more than once. Its sender was killed (or slept) before it could store the success; or its sender had stopped waiting
/// for the answer, which the attempts log must show. Another reason there is none.
/// </summary>
internal sealed class Repetitions(Ledger ledger, ReceivedLog received, IWebhookDeliveries deliveries)
{
    private readonly Dictionary<string, int> _byNode = [];

    /// <summary>What was repeated of those that were killed or stopped.</summary>
    public IReadOnlyDictionary<string, int> ByNode => _byNode;

    public async ValueTask<Repetition> ExplainAsync(DeliveryKey key, CancellationToken cancel)
    {
        var arrivals = received.Of(key).Where(a => a.IsDelivery).ToArray();
        var byFault = 0;
        foreach (var arrival in arrivals.SkipLast(1).Where(a => ledger.WasHit(a.Node)))
        {
            byFault++;
            _byNode[arrival.Node] = _byNode.GetValueOrDefault(arrival.Node) + 1;
        }

        var late = arrivals.Length - 1 - byFault;
        return new Repetition(byFault, late, late > 0 ? late - await NotWaitedForAsync(key, cancel) : 0);
    }

    private async ValueTask<int> NotWaitedForAsync(DeliveryKey key, CancellationToken cancel)
    {
        var query = new DeliveryQuery { EventId = key.EventId, SubscriptionId = key.SubscriptionId, PageSize = Page<DeliveryAttemptRecord>.MaxSize };
        var attempts = await deliveries.ListAttemptsAsync(query, cancel);
        return attempts.Items.Count(a => a.Outcome is null || a.Result.Error != AttemptError.None);
    }
}
