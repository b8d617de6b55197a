using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.FaultBench.Judging;
using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Receiving;
using Webhooks.Sdk.FaultBench.Stores;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>What one scenario plays with: a receiver, a store, the nodes, and the two books that the oracle compares.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly Dictionary<string, HashSet<string>> _subscribers = [];
    private readonly List<NewSubscription> _subscriptions = [];
    private readonly List<NodeProcess> _nodes = [];
    private int _started;

    private Bench(BenchOptions options, StoreChoice store, Receiver receiver, StoreView view)
    {
        Options = options;
        Store = store;
        Receiver = receiver;
        View = view;
        Random = new Random(options.Seed);
    }

    public BenchOptions Options { get; }

    public StoreChoice Store { get; }

    public Receiver Receiver { get; }

    public Ledger Ledger { get; } = new();

    public Random Random { get; }

    public StoreView View { get; }

    /// <summary>What the nodes wrote on their standard error.</summary>
    public DirectoryInfo Logs { get; } = Directory.CreateTempSubdirectory("webhooks-faults-logs-");

    public static async Task<Bench> CreateAsync(BenchOptions options, StoreChoice store, CancellationToken cancel)
    {
        var receiver = await Receiver.StartAsync(cancel);
        return new Bench(options, store, receiver, await StoreView.OpenAsync(store, cancel));
    }

    /// <summary>Subscribes endpoints of the receiver to a tenant's events.</summary>
    public async Task SubscribeAsync(string tenant, int count, DeliveryOrdering ordering, CancellationToken cancel)
    {
        NewSubscription[] added = [.. Enumerable.Range(0, count).Select(i => $"{tenant}-{i}").Select(id =>
            new NewSubscription { Id = id, TenantId = tenant, Url = Receiver.UrlOf(id), Ordering = ordering })];
        var several = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel };
        await Parallel.ForEachAsync(added, several, async (subscription, c) => await View.Subscriptions.CreateAsync(subscription, c));
        _subscriptions.AddRange(added);
        _subscribers[tenant] = [.. added.Select(s => s.Id!)];
    }

    /// <summary>Starts a node. It is called <paramref name="place"/> and a number that no other node has.</summary>
    public NodeProcess StartNode(string place, Func<NodeSettings, NodeSettings>? configure = null)
    {
        var settings = new NodeSettings { Name = $"{place}-{++_started}", Store = Store, Subscriptions = Store.Kind == StoreKind.Memory ? _subscriptions : [] };
        var node = NodeProcess.Start(configure?.Invoke(settings) ?? settings, Ledger, Logs.FullName);
        _nodes.Add(node);
        return node;
    }

    public async Task<Verdict> JudgeAsync(IReadOnlyDictionary<string, int> kills, int inFlight, CancellationToken cancel)
    {
        var subscribers = _subscribers.ToDictionary(s => s.Key, s => (IReadOnlySet<string>)s.Value);
        var repetitions = new Repetitions(Ledger, Receiver.Log, View.Deliveries);
        return await new Oracle(Ledger, Receiver.Log, subscribers, await View.StatesAsync(cancel), repetitions, Receiver.Refuses).JudgeAsync(kills, inFlight, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(n => n.DisposeAsync().AsTask()));
        await View.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
