using Webhooks.Sdk.FaultBench.Stores;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>Publishes one event as a host would, and says so before and after.</summary>
internal sealed class NodePublisher(IWebhookPublisher publisher, StoreChoice store, StageGate gate, NodeReport report)
{
    public async Task PublishAsync(string tenant, string id)
    {
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
