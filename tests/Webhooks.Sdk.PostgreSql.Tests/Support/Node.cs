using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Deliveries;
using Webhooks.Sdk.PostgreSql.Receiving;
using Webhooks.Sdk.PostgreSql.Subscriptions;

namespace Webhooks.Sdk.PostgreSql.Tests.Support;

/// <summary>The stores of one process, with a pool of their own.</summary>
internal sealed class Node : IAsyncDisposable
{
    public Node(PostgreSqlOptions options, string connectionString, TimeProvider time)
    {
        Source = NpgsqlDataSource.Create(connectionString);
        Database = new Database(Source, ownsSource: false, options, time, NullLogger<Database>.Instance);
        Deliveries = new PostgreSqlDeliveryStore(Database, NullLogger<PostgreSqlDeliveryStore>.Instance);
        Subscriptions = new PostgreSqlSubscriptionStore(Database, NullLogger<PostgreSqlSubscriptionStore>.Instance);
        Inbox = new PostgreSqlInbox(Database, ownsDatabase: false);
    }

    public PostgreSqlInbox Inbox { get; }

    public NpgsqlDataSource Source { get; }

    public Database Database { get; }

    public PostgreSqlDeliveryStore Deliveries { get; }

    public PostgreSqlSubscriptionStore Subscriptions { get; }

    /// <summary>Ends as a process that is killed: nothing is given back.</summary>
    public void Drop()
    {
        Deliveries.Dispose();
        Subscriptions.Dispose();
        Database.Dispose();
        Source.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Deliveries.DisposeAsync();
        Subscriptions.Dispose();
        await Database.DisposeAsync();
        await Source.DisposeAsync();
    }
}
