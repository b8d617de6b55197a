using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.KilledHost;

/// <summary>Statements and a transaction of the application's own; the events go straight into the delivery store.</summary>
internal sealed class DapperWay(int writers, Action<WebhooksBuilder> use, Func<DbConnection> connect) : Way
{
    public static DapperWay OnPostgreSql(string database) =>
        new(writers: 4, w => w.UsePostgreSql(database), () => new NpgsqlConnection(database));

    // The transactions come one upon the other here, and SQLite lets nobody queue for the lock.
    public static DapperWay OnSqlite(string database) =>
        new(writers: 2, w => w.UseSqlite(database, o => o.BusyTimeout = TimeSpan.FromMinutes(1)), () => new SqliteConnection(database));

    public override int Writers => writers;

    public override void AddTo(WebhooksBuilder webhooks) => use(webhooks);

    public override async Task<HashSet<int>> PrepareAsync(IServiceProvider services)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS reviews (id int PRIMARY KEY, rating int CHECK (rating <= 5))");
        return (await connection.QueryAsync<long>("SELECT id FROM reviews")).Select(id => (int)id).ToHashSet();
    }

    public override async Task SaveAsync(IServiceProvider services, int id, Ending ending)
    {
        try
        {
            await using var connection = connect();
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var @event = new NewWebhookEvent { Data = EventData.Declared(new ReviewCreated(id, Rating: 5)), TenantId = "project-42" };
            await services.GetRequiredService<IWebhookPublisher>().PublishAsync(@event, transaction);
            await connection.ExecuteAsync("INSERT INTO reviews (id, rating) VALUES (@id, @rating)", new { id, rating = Endings.RatingOf(ending) }, transaction);
            await transaction.EndAsync(ending);
        }
        catch (Exception e) when (e is PostgresException or SqliteException or ChangedMindException)
        {
        }
    }
}
