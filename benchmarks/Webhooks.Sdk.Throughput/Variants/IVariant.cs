using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>One way to send. A new store is one more small class.</summary>
internal interface IVariant : IAsyncDisposable
{
    /// <summary>Its name in every line that is printed.</summary>
    string Name { get; }

    /// <summary>How many deliveries one publication leads to.</summary>
    int Fanout => 1;

    Task StartAsync(ReceiverProcess receiver);

    /// <summary>Publishes; returns when the last call has returned, which may be long before the last delivery has arrived.</summary>
    Task PublishAsync(int publications, PublishTimes times);

    /// <summary>Publishes one, at a time when nothing else is going on.</summary>
    Task PublishOneAsync();
}
