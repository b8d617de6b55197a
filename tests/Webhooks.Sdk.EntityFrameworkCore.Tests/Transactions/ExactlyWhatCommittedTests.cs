using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Transactions;

public sealed class ExactlyWhatCommittedTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Through_Entity_Framework_on_PostgreSql()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var application = await ReviewHost.StartAsync(
            database, w => w.UsePostgreSql(database).ConfigureDispatch(o => o.Enabled = false), relay: o => o.Enabled = false);
        List<Statements> relays = [];

        await Oracle.RunAsync(receiver, writers: 4, (id, ending) => application.DoAsync(db => SaveAsync(db, id, ending)), StartRelayAsync, async () =>
        {
            List<int> ids = [];
            await application.DoAsync(async db => ids = await db.Reviews.Select(r => r.Id).ToListAsync(Cancel));
            return ids;
        });

        relays.Sum(r => r.BrokenDeletes).Should().BePositive("a relay is to die between the publication and the deletion too");

        async Task<IAsyncDisposable> StartRelayAsync()
        {
            var statements = new Statements();
            statements.BreakDeletes(2);
            relays.Add(statements);
            return await ReviewHost.StartAsync(
                database,
                w => w.UsePostgreSql(database).Subscribe(receiver),
                o => o.PollInterval = TimeSpan.FromMilliseconds(20),
                o => o.AddInterceptors(statements));
        }
    }

    [Fact]
    public async Task Through_Dapper_on_PostgreSql()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var source = NpgsqlDataSource.Create(database);
        await using var application = await PlainHost.StartAsync(w => w.UsePostgreSql(database).Subscribe(receiver).ConfigureDispatch(o => o.Enabled = false));
        await using (var connection = await source.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync("CREATE TABLE reviews (id int PRIMARY KEY, rating int CHECK (rating <= 5))");
        }

        await Oracle.RunAsync(
            receiver,
            writers: 4,
            async (id, ending) => await InsertAsync(await source.OpenConnectionAsync(Cancel), application.Publisher, id, ending),
            async () => await PlainHost.StartAsync(w => w.UsePostgreSql(database).Subscribe(receiver)),
            async () =>
            {
                await using var connection = await source.OpenConnectionAsync(Cancel);
                return await connection.QueryAsync<int>("SELECT id FROM reviews");
            });
    }

    [Fact]
    public async Task Through_Dapper_on_Sqlite()
    {
        var file = Path.Combine(Path.GetTempPath(), $"webhooks-{Guid.NewGuid():n}.db");
        var database = $"Data Source={file};Pooling=False";
        await using var receiver = await Receiver.StartAsync();
        await using (var application = await PlainHost.StartAsync(w => UseFile(w).Subscribe(receiver).ConfigureDispatch(o => o.Enabled = false)))
        {
            await using (var connection = Open())
            {
                await connection.ExecuteAsync("CREATE TABLE reviews (id int PRIMARY KEY, rating int CHECK (rating <= 5))");
            }

            await Oracle.RunAsync(
                receiver,
                writers: 1,
                (id, ending) => InsertAsync(Open(), application.Publisher, id, ending),
                async () => await PlainHost.StartAsync(w => UseFile(w).Subscribe(receiver)),
                async () =>
                {
                    await using var connection = Open();
                    return (await connection.QueryAsync<long>("SELECT id FROM reviews")).Select(id => (int)id);
                });
        }

        foreach (var part in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
        {
            File.Delete(part);
        }

        // The transactions come one upon the other here, and SQLite lets nobody queue for the lock.
        WebhooksBuilder UseFile(WebhooksBuilder webhooks) => webhooks.UseSqlite(database, o => o.BusyTimeout = TimeSpan.FromMinutes(1));

        SqliteConnection Open()
        {
            var connection = new SqliteConnection(database);
            connection.Open();
            return connection;
        }
    }

    private static async Task SaveAsync(ReviewDb db, int id, Ending ending)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            db.Reviews.Add(new Review { Id = id, Rating = ending == Ending.FailingStatement ? 6 : 5 });
            db.PublishWebhook(new ReviewCreated(id, 5), "project-42");
            await db.SaveChangesAsync(Cancel);
            await EndAsync(ending, () => transaction.CommitAsync(Cancel), () => transaction.RollbackAsync(Cancel));
        }
        catch (Exception e) when (e is DbUpdateException or ChangedMindException)
        {
        }
    }

    private static async Task InsertAsync(DbConnection connection, IWebhookPublisher publisher, int id, Ending ending)
    {
        try
        {
            await using var _ = connection;
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await publisher.PublishAsync(new NewWebhookEvent { Data = EventData.Declared(new ReviewCreated(id, 5)), TenantId = "project-42" }, transaction, Cancel);
            await connection.ExecuteAsync(
                "INSERT INTO reviews (id, rating) VALUES (@id, @rating)", new { id, rating = ending == Ending.FailingStatement ? 6 : 5 }, transaction);
            await EndAsync(ending, () => transaction.CommitAsync(Cancel), () => transaction.RollbackAsync(Cancel));
        }
        catch (Exception e) when (e is PostgresException or SqliteException or ChangedMindException)
        {
        }
    }

    private static Task EndAsync(Ending ending, Func<Task> commit, Func<Task> rollBack) => ending switch
    {
        Ending.Commit => commit(),
        Ending.RollBack => rollBack(),
        Ending.Exception => throw new ChangedMindException(),
        Ending.Dispose => Task.CompletedTask,
        _ => throw new InvalidOperationException("The statement was to fail."),
    };

    private sealed class ChangedMindException : Exception;
}
