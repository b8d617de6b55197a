namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>What one variant did in one round; processor time and bytes are for each delivery.</summary>
internal sealed record Sample(
    double DeliveriesPerSecond,
    double PublishesPerSecond,
    double PublishP50,
    double PublishP99,
    double ClientCpu,
    double ReceiverCpu,
    double ServerCpu,
    double AllocatedBytes,
    double RoundTrips,
    double WalBytes,
    double PeakHeapMegabytes);
