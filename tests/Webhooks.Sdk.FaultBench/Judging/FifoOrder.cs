using System.Globalization;
using Webhooks.Sdk.FaultBench.Receiving;

namespace Webhooks.Sdk.FaultBench.Judging;

/// <summary>
/// A subscription with strict order gets what one node published in that order: an event is not even tried before the one ahead of it has
/// arrived, whoever was killed in between. Across nodes there is no order to check.
/// </summary>
internal static class FifoOrder
{
    public static IEnumerable<string> Check(Ledger ledger, ReceivedLog received, string tenant, string subscription)
    {
        foreach (var node in ledger.Events.Where(e => e.Value.Tenant == tenant).Select(e => e.Key).GroupBy(NodeOf))
        {
            var (earlier, arrived) = ("", TimeSpan.Zero);
            foreach (var id in node.OrderBy(NumberOf))
            {
                var arrivals = received.Of(new DeliveryKey(id, subscription));
                if (arrivals.Length == 0)
                {
                    continue;
                }

                if (arrivals[0].At < arrived)
                {
                    yield return $"{id} came to {subscription} before {earlier} had arrived, which was published first.";
                }

                if (arrivals.FirstOrDefault(a => a.IsDelivery) is { Status: > 0 } delivery)
                {
                    (earlier, arrived) = (id, delivery.At);
                }
            }
        }
    }

    // Ids are node-process-number.
    private static string NodeOf(string id) => id[..id.LastIndexOf('-')];

    private static int NumberOf(string id) => int.Parse(id.AsSpan(id.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);
}
