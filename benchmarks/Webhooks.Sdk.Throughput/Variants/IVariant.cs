using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>One way to send.</summary>
internal interface IVariant : IAsyncDisposable
{
    /// <summary>Its name in every line that is printed.</summary>
    string Name { get; }

    /// <summary>How many deliveries one publication leads to, those that are meant to fail apart.</summary>
    int Fanout => 1;

    /// <summary>It sends straight away: there is nothing like a publication.</summary>
    bool HasPublications => true;

    Task StartAsync(ReceiverProcess receiver);

    /// <summary>Publishes; returns when the last call has returned, which may be long before the last delivery has arrived.</summary>
    Task PublishAsync(int publications, PublishTimes times, Pace pace);

    /// <summary>Publishes one, at a time when nothing else is going on.</summary>
    Task PublishOneAsync();

    /// <summary>Returns when what was received is also written down.</summary>
    Task SettleAsync() => Task.CompletedTask;

    /// <summary>What the database server has used so far.</summary>
    Task<ServerUse> ServerUseAsync() => Task.FromResult(default(ServerUse));
}
