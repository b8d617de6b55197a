namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>What one variant did in one round.</summary>
internal sealed record Sample(
    double DeliveriesPerSecond,
    double PublishesPerSecond,
    double PublishP50,
    double PublishP99,
    double ClientCpu,
    double ReceiverCpu,
    double AllocatedBytes,
    double PeakHeapMegabytes);
