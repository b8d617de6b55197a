using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>Who the steady events are for: four tenants with two endpoints each, and now and then one whose endpoint wants strict order.</summary>
internal static class Load
{
    public const string FifoTenant = "fifo";
    public const string FifoSubscription = "fifo-0";

    private const int SubscriptionsPerTenant = 2;

    private static readonly string[] Unordered = ["t0", "t1", "t2", "t3"];

    /// <summary>The tenants of a node's publications, again and again.</summary>
    public static IReadOnlyList<string> Round { get; } = [.. Unordered, .. Unordered, .. Unordered, .. Unordered, FifoTenant];

    public static async Task SubscribeAsync(Bench bench, CancellationToken cancel)
    {
        foreach (var tenant in Unordered)
        {
            await bench.SubscribeAsync(tenant, SubscriptionsPerTenant, DeliveryOrdering.Unordered, cancel);
        }

        await bench.SubscribeAsync(FifoTenant, 1, DeliveryOrdering.Fifo, cancel);
    }
}
