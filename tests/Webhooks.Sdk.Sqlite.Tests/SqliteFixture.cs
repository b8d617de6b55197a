using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Sqlite.Files;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Sqlite.Tests;

/// <summary>The stores as <c>UseSqlite</c> gives them, on a file of their own.</summary>
public sealed class SqliteFixture : StoreFixture
{
    private readonly ManualTime _time = new();
    private readonly List<ServiceProvider> _nodes = [];
    private readonly List<SqliteConnection> _connections = [];

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("webhooks-").FullName;

    /// <summary>Within the directory; before the first use.</summary>
    public string File { get; set; } = "webhooks.db";

    public string FileName => Path.Combine(Directory, File);

    public string ConnectionString => $"Data Source={FileName}";

    public Action<SqliteStoreOptions> Configure { get; set; } = _ => { };

    public override IWebhookDeliveryStore Deliveries => Node.GetRequiredService<IWebhookDeliveryStore>();

    public override IWebhookSubscriptionStore Subscriptions => Node.GetRequiredService<IWebhookSubscriptionStore>();

    public override IWebhookInbox Inbox => Node.GetRequiredService<IWebhookInbox>();

    public override DateTimeOffset UtcNow => _time.GetUtcNow();

    private ServiceProvider Node => _nodes[^1];

    public override ValueTask AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        return ValueTask.CompletedTask;
    }

    // Services are made at their first use, so a test may still set the options.
    public override ValueTask InitializeAsync()
    {
        SQLitePCL.Batteries_V2.Init();
        _nodes.Add(CreateNode());
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>A connection of the host to the same file.</summary>
    public SqliteConnection OpenConnection(string? connectionString = null)
    {
        var connection = new SqliteConnection(connectionString ?? ConnectionString + ";Pooling=False");
        connection.Open();
        _connections.Add(connection);
        return connection;
    }

    /// <summary>Lets the file grow by so many pages and no more: to the database it looks like a disk that is full.</summary>
    public async ValueTask LimitPagesAsync(long more) => await Node.GetRequiredService<SqliteDatabase>().WriteAsync(
        session =>
        {
            using var count = session.Use("PRAGMA page_count");
            count.Step();
            var limit = count.Integer(0) + more;
            count.Dispose();
            session.Execute($"PRAGMA max_page_count = {limit}");
            return limit;
        },
        CancellationToken.None);

    /// <summary>Closes the stores as a host does.</summary>
    public ValueTask CloseAsync() => Node.DisposeAsync();

    public override async ValueTask<DbTransaction> BeginTransactionAsync()
    {
        // As in a host that is running: its tables are there.
        await Deliveries.GetBacklogAsync(CancellationToken.None);
        return await OpenConnection().BeginTransactionAsync();
    }

    public override ValueTask<(IWebhookDeliveryStore Deliveries, IWebhookSubscriptionStore Subscriptions)> OpenNodeAsync()
    {
        var node = CreateNode();
        lock (_nodes)
        {
            _nodes.Insert(0, node);
        }

        return new((node.GetRequiredService<IWebhookDeliveryStore>(), node.GetRequiredService<IWebhookSubscriptionStore>()));
    }

    public override async ValueTask<IWebhookInbox> OpenInboxAsync()
    {
        await OpenNodeAsync();
        return _nodes[0].GetRequiredService<IWebhookInbox>();
    }

    /// <summary>The old stores stay open and are never used again, as if the process had stopped in the middle. A real kill is tested with a real process.</summary>
    public override ValueTask CrashAsync()
    {
        _nodes.Add(CreateNode());
        return ValueTask.CompletedTask;
    }

    private ServiceProvider CreateNode() => new ServiceCollection()
        .AddSingleton<TimeProvider>(_time)
        .AddWebhooks(w => w.UseSqlite("", o =>
        {
            o.ConnectionString = ConnectionString;
            Configure(o);
        }))
        .Services.AddWebhookReceiver(r => r.UseSqlite(ConnectionString, o => Configure(o)))
        .Services.BuildServiceProvider();
}
