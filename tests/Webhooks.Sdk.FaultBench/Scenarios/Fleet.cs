using Webhooks.Sdk.FaultBench.Nodes;

namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>Nodes in their places: each publishes and delivers; one that is killed is replaced at once.</summary>
internal sealed class Fleet(Bench bench, IReadOnlyList<string> tenants)
{
    private readonly List<NodeProcess> _nodes = [];
    private readonly List<Task> _starting = [];

    public async Task StartAsync(int count, CancellationToken cancel)
    {
        for (var place = 0; place < count; place++)
        {
            var node = bench.StartNode($"n{place}");
            _nodes.Add(node);
            _starting.Add(BeginAsync(node, cancel));
        }

        await Task.WhenAll(_starting);
    }

    /// <summary>A node that works, chosen by seed.</summary>
    public async Task<NodeProcess> PickAsync()
    {
        var place = bench.Random.Next(_nodes.Count);
        await _starting[place];
        return _nodes[place];
    }

    public async Task KillAsync(NodeProcess node, CancellationToken cancel)
    {
        var place = _nodes.IndexOf(node);
        await node.KillAsync();
        _nodes[place] = bench.StartNode($"n{place}");
        _starting[place] = BeginAsync(_nodes[place], cancel);
    }

    /// <summary>No more load: from here on the nodes only deliver what there is.</summary>
    public async Task QuietAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_starting);
        await Task.WhenAll(_nodes.Select(n => n.QuietAsync(cancel)));
    }

    private async Task BeginAsync(NodeProcess node, CancellationToken cancel)
    {
        await Bounded.WaitAsync(node.Ready, $"{node.Name} to start", cancel);
        await node.LoadAsync(bench.Options.Rate, tenants);
    }
}
