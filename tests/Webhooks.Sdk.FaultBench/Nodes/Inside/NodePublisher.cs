using System.Collections.Concurrent;
using System.Diagnostics;
using Webhooks.Sdk.FaultBench.Stores;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>Publishes one event as a host would, and says so before and after.</summary>
internal sealed class NodePublisher(IWebhookPublisher publisher, StoreChoice store, StageGate gate, NodeReport report)
{
    private readonly ConcurrentDictionary<string, long> _underWay = new(StringComparer.Ordinal);

    /// <summary>What has been begun and not answered, for whoever waits for it in vain.</summary>
    public string State => _underWay.IsEmpty ? "nothing is being published"
        : "being published: " + string.Join(", ", _underWay.Select(p => $"{p.Key} for {Stopwatch.GetElapsedTime(p.Value).TotalSeconds:0.0} s"));

    public async Task PublishAsync(string tenant, string id)
    {
        _underWay[id] = Stopwatch.GetTimestamp();
        var newEvent = new NewWebhookEvent { Type = "bench.happened", TenantId = tenant, Id = id, Data = $$"""{"id":"{{id}}"}""" };
        report.About(tenant, id);
        try
        {
            if (gate.Take(Stage.BeforeCommit))
            {
                await PublishUncommittedAsync(newEvent);
            }

            var result = await publisher.PublishAsync(newEvent);
            report.Acknowledged(id, result.Deliveries);
        }
        catch (Exception e)
        {
            report.Refused(id, $"{e.GetType().Name}: {e.Message}");
        }
        finally
        {
            _underWay.TryRemove(id, out _);
        }
    }

    private async Task PublishUncommittedAsync(NewWebhookEvent newEvent)
    {
        await using var connection = store.Connect();
        if (connection is not null)
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await publisher.PublishAsync(newEvent, transaction);
            await gate.StandStillAsync(Stage.BeforeCommit, newEvent.Id);
        }

        await gate.StandStillAsync(Stage.BeforeCommit, newEvent.Id);
    }
}
