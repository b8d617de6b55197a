using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Stores;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>The engine with one store and one shape of work.</summary>
internal sealed class EngineVariant(Store store, Shape shape) : IVariant
{
    private readonly EventData _data = EventData.From(Review.OfSize(shape.BodyBytes), ReviewJson.Default.Review);
    private readonly List<Node> _nodes = [];
    private int _next;

    public string Name => $"{store.Name}_{shape.Name}";

    public int Fanout => shape.Fanout;

    public async Task StartAsync(ReceiverProcess receiver)
    {
        await store.CreateAsync();
        _nodes.Add(await StartNodeAsync());
        for (var i = 0; i < shape.Fanout; i++)
        {
            await _nodes[0].SubscribeAsync(receiver.Url);
        }

        for (var i = 0; i < shape.FailingEndpoints; i++)
        {
            await _nodes[0].SubscribeAsync(receiver.FailingUrl, RetryOnce.Profile.Name);
        }

        await StartNodesAsync();
    }

    /// <summary>The nodes that are not there; who starts after the subscriptions were made reads them at once instead of hearing of them.</summary>
    public async Task StartNodesAsync()
    {
        while (_nodes.Count < shape.Nodes)
        {
            _nodes.Add(await StartNodeAsync());
        }
    }

    public async Task StopNodesAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _nodes.Clear();
    }

    public Task PublishAsync(int publications, PublishTimes times, Pace pace) => shape.BatchSize == 0
        ? Callers.PublishAsync(publications, times, pace, PublishNextAsync)
        : Batches.PublishAsync(Publishers, publications, shape.BatchSize, times, pace, NewEvent);

    public Task PublishOneAsync() => PublishNextAsync().AsTask();

    // What is meant to fail stays in the queue.
    public Task SettleAsync() => shape.FailingEndpoints > 0 ? Task.CompletedTask : _nodes[0].SettleAsync();

    public Task<ServerUse> ServerUseAsync() => store.ServerUseAsync();

    public async ValueTask DisposeAsync()
    {
        await StopNodesAsync();
        await store.DisposeAsync();
    }

    private Task<Node> StartNodeAsync() => Node.StartAsync(store, w => w.AddProfile(RetryOnce.Profile));

    private IReadOnlyList<IWebhookPublisher> Publishers => [.. _nodes.Select(n => n.Publisher)];

    private NewWebhookEvent NewEvent() => new() { Type = Review.Type, Data = _data };

    private async ValueTask PublishNextAsync() =>
        await _nodes[(int)((uint)Interlocked.Increment(ref _next) % _nodes.Count)].Publisher.PublishAsync(NewEvent());
}
