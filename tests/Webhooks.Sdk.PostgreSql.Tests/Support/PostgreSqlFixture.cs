using System.Data.Common;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.PostgreSql.Tests.Support;

/// <summary>A schema of its own for each test, with a clock in the database that the test moves.</summary>
public sealed class PostgreSqlFixture : StoreFixture
{
    private readonly string _schema = $"t{Guid.NewGuid():N}";
    private readonly List<Node> _nodes = [];
    private readonly SkewedTime _time = new();
    private TimeSpan _advanced;

    public override IWebhookDeliveryStore Deliveries => _nodes[0].Deliveries;

    public override IWebhookSubscriptionStore Subscriptions => _nodes[0].Subscriptions;

    public override IWebhookInbox Inbox => _nodes[0].Inbox;

    public string Schema => _schema;

    internal Node First => _nodes[0];

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

        OpenNode();
    }

    public override async ValueTask AdvanceAsync(TimeSpan by)
    {
        _advanced += by;
        await ExecuteAsync(
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
        var node = OpenNode();
        return new((node.Deliveries, node.Subscriptions));
    }

    public override ValueTask<IWebhookInbox> OpenInboxAsync() => new(OpenNode().Inbox);

    public override ValueTask CrashAsync()
    {
        foreach (var node in _nodes)
        {
            node.Drop();
        }

        _nodes.Clear();
        OpenNode();
        return ValueTask.CompletedTask;
    }

    public override void SetNodeClockWrongBy(TimeSpan error) => _time.Error = error;

    public override async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        if (_nodes.Count > 0)
        {
            await using var source = NpgsqlDataSource.Create(Cluster.ConnectionString);
            await ExecuteAsync(source, $"DROP SCHEMA {_schema} CASCADE");
        }
    }

    /// <summary>Another node on the same schema; it is kept until the test ends.</summary>
    internal Node OpenNode(Action<PostgreSqlOptions>? configure = null, string? connectionString = null)
    {
        var options = new PostgreSqlOptions { Schema = _schema, PartitionDaysAhead = 1, Clock = $"{_schema}.test_now()" };
        configure?.Invoke(options);
        var node = new Node(options, $"{connectionString ?? Cluster.ConnectionString};Application Name={_schema}", _time);
        _nodes.Add(node);
        return node;
    }

    internal async ValueTask ExecuteAsync(string sql) => await ExecuteAsync(_nodes[0].Source, sql);

    internal async ValueTask<T> ReadAsync<T>(string sql)
    {
        await using var command = _nodes[0].Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async ValueTask ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A node whose wall clock is wrong; its timers run on, as they do on a real one.</summary>
    private sealed class SkewedTime : TimeProvider
    {
        public TimeSpan Error { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Error;
    }
}
