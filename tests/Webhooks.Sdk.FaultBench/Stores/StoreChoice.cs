using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.DependencyInjection;

namespace Webhooks.Sdk.FaultBench.Stores;

/// <summary>A store and how to reach it: the one place of the bench that knows the stores apart.</summary>
internal sealed record StoreChoice(StoreKind Kind, string Connection)
{
    public void Use(WebhooksBuilder webhooks)
    {
        switch (Kind)
        {
            case StoreKind.Sqlite:
                webhooks.UseSqlite(Connection);
                break;
            case StoreKind.Postgres:
                webhooks.UsePostgreSql(Connection);
                break;
        }
    }

    /// <summary>A connection of the host's own, to publish in a transaction of its own; null where there is no such thing.</summary>
    public DbConnection? Connect() => Kind switch
    {
        StoreKind.Sqlite => new SqliteConnection(Connection),
        StoreKind.Postgres => new NpgsqlConnection(Connection),
        _ => null,
    };
}
