using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Deliveries;
using Webhooks.Sdk.PostgreSql.Subscriptions;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.PostgreSql.Tests.Support;

/// <summary>A schema of its own for each test, with a clock in the database that the test moves.</summary>
public sealed class PostgreSqlFixture : StoreFixture
{
    private readonly string _schema = $"t{Guid.NewGuid():N}";
    private readonly List<Node> _nodes = [];
    private readonly SkewedTime _time = new();
    private TimeSpan _advanced;

    private sealed record Node(NpgsqlDataSource Source, Database Database, PostgreSqlDeliveryStore Deliveries, PostgreSqlSubscriptionStore Subscriptions);

    public override IWebhookDeliveryStore Deliveries => _nodes[0].Deliveries;

    public override IWebhookSubscriptionStore Subscriptions => _nodes[0].Subscriptions;

    public override DateTimeOffset UtcNow => TimeProvider.System.GetUtcNow() + _advanced;

    public override async ValueTask InitializeAsync()
    {
        Cluster.Require();
        await using (var source = NpgsqlDataSource.Create(Cluster.ConnectionString))
        {
            await ExecuteAsync(source, $"""
                CREATE SCHEMA {_schema};
                CREATE TABLE {_schema}.test_clock (ahead interval NOT NULL);
                INSERT INTO {_schema}.test_clock VALUES ('0');
                CREATE FUNCTION {_schema}.test_now() RETURNS timestamptz STABLE LANGUAGE sql AS 'SELECT now() + (SELECT ahead FROM {_schema}.test_clock)';
                """);
        }

        _nodes.Add(Open());
    }

    public override async ValueTask AdvanceAsync(TimeSpan by)
    {
        _advanced += by;
        await ExecuteAsync(
            _nodes[0].Source,
            $"UPDATE {_schema}.test_clock SET ahead = make_interval(secs => {_advanced.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture)})");

        // Nobody hears time jump; a hint makes everybody look.
        foreach (var node in _nodes)
        {
            node.Database.Listener.OnDeliveries?.Invoke();
        }
    }

    public override async ValueTask<DbTransaction> BeginTransactionAsync()
    {
        await _nodes[0].Database.ReadyAsync(TestContext.Current.CancellationToken);
        var connection = await _nodes[0].Source.OpenConnectionAsync();
        return await connection.BeginTransactionAsync();
    }

    public override ValueTask<(IWebhookDeliveryStore Deliveries, IWebhookSubscriptionStore Subscriptions)> OpenNodeAsync()
    {
        var node = Open();
        _nodes.Add(node);
        return new((node.Deliveries, node.Subscriptions));
    }

    public override ValueTask CrashAsync()
    {
        foreach (var node in _nodes)
        {
            Drop(node);
        }

        _nodes.Clear();
        _nodes.Add(Open());
        return ValueTask.CompletedTask;
    }

    public override void SetNodeClockWrongBy(TimeSpan error) => _time.Error = error;

    public override async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.Deliveries.DisposeAsync();
            node.Subscriptions.Dispose();
            await node.Database.DisposeAsync();
            await node.Source.DisposeAsync();
        }

        if (_nodes.Count > 0)
        {
            await using var source = NpgsqlDataSource.Create(Cluster.ConnectionString);
            await ExecuteAsync(source, $"DROP SCHEMA {_schema} CASCADE");
        }
    }

    private Node Open()
    {
        var options = new PostgreSqlOptions { Schema = _schema, PartitionDaysAhead = 1, Clock = $"{_schema}.test_now()" };
        var source = NpgsqlDataSource.Create(Cluster.ConnectionString);
        var database = new Database(source, ownsSource: false, options, _time, NullLogger<Database>.Instance);
        return new(
            source,
            database,
            new PostgreSqlDeliveryStore(database, NullLogger<PostgreSqlDeliveryStore>.Instance),
            new PostgreSqlSubscriptionStore(database, NullLogger<PostgreSqlSubscriptionStore>.Instance));
    }

    private static void Drop(Node node)
    {
        node.Deliveries.Dispose();
        node.Subscriptions.Dispose();
        node.Database.Dispose();
        node.Source.Dispose();
    }

    private static async ValueTask ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A node whose wall clock is wrong; its timers run on, as they do on a real one.</summary>
    private sealed class SkewedTime : TimeProvider
    {
        public TimeSpan Error { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Error;
    }
}
