using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

public sealed class BrokenConnectionTests : DeliveryConformance<PostgreSqlFixture>
{
    [Fact]
    public async Task A_node_hears_again_after_its_listening_connection_was_terminated()
    {
        var other = Fixture.OpenNode();
        await other.Database.ReadyAsync(Cancel);
        (await ClaimAsync()).Should().BeEmpty();
        await TerminateBackendsAsync();
        WebhookEvent? published = null;

        // Deaf for about a second; what is published meanwhile is found by asking, later the hint comes again.
        for (var i = 0; i < 50; i++)
        {
            var wait = Deliveries.WaitAsync(TimeSpan.FromMinutes(1), Cancel).AsTask();
            published ??= await PublishOnAsync(other);
            await wait.WaitAsync(Soon, Cancel);
            if ((await ClaimAsync()).Any(c => c.Event.Id == published.Id))
            {
                return;
            }
        }

        Assert.Fail("The node did not hear of the other one's publication.");
    }

    private static async Task<WebhookEvent> PublishOnAsync(Node node)
    {
        var @event = Sample.Event();
        await node.Deliveries.EnqueueAsync([To(@event, "s1")], null, Cancel);
        return @event;
    }

    // Of this test's nodes only.
    private async Task TerminateBackendsAsync()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(Cluster.ConnectionString);
        await using var command = source.CreateCommand(
            $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '{Fixture.Schema}'");
        ((long)(await command.ExecuteScalarAsync(Cancel))!).Should().BePositive();
    }
}
