using System.Collections.Concurrent;
using Webhooks.Sdk.Deliveries.InMemory;

namespace Webhooks.Sdk.Receiving;

/// <summary>The receivers of this process, and the signal that one of them has accepted something.</summary>
internal sealed class ReceiverCatalogue(TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, ReceiverDefinition> _byName = new(StringComparer.Ordinal);

    public WakeUp Accepted { get; } = new(time);

    /// <summary>The names of those whose messages the worker handles.</summary>
    public IReadOnlyCollection<string> InBackground => [.. _byName.Values.Where(r => r.IsBackground).Select(r => r.Name)];

    public void Add(ReceiverDefinition receiver)
    {
        if (!_byName.TryAdd(receiver.Name, receiver))
        {
            throw new WebhookException($"Two receivers are called '{receiver.Name}'. Give one of them another name: receiver.Named(\"…\").");
        }
    }

    public ReceiverDefinition Get(string name) => _byName[name];

    public void Dispose() => Accepted.Dispose();
}
