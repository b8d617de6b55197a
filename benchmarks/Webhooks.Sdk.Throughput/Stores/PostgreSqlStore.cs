using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Throughput.Databases;

namespace Webhooks.Sdk.Throughput.Stores;

/// <summary>A new database of the throw-away server.</summary>
/// <param name="server">The server, as its owner connects to it.</param>
/// <param name="serverProcess">Its first process, for its processor time; null when that is not asked for.</param>
/// <param name="maxConnections">The most that each node may have; null for Npgsql's own limit.</param>
internal sealed class PostgreSqlStore(string server, int? serverProcess = null, int? maxConnections = null) : Store
{
    public PostgreSqlStore(PostgreSqlCluster cluster, int? maxConnections = null)
        : this(cluster.ConnectionString, cluster.ProcessId, maxConnections)
    {
    }

    public override string Name => "postgres";

    public string Database { get; } = $"bench_{Guid.NewGuid():N}";

    public string ConnectionString
    {
        get
        {
            var text = new NpgsqlConnectionStringBuilder(server) { Database = Database };
            text.MaxPoolSize = maxConnections ?? text.MaxPoolSize;
            return text.ConnectionString;
        }
    }

    public override Task CreateAsync() => Sql.ExecuteAsync(server, $"CREATE DATABASE {Database}");

    public override void Use(WebhooksBuilder webhooks) => webhooks.UsePostgreSql(ConnectionString);

    public override async Task<ServerUse> ServerUseAsync() => new(
        serverProcess is { } process ? ServerUse.CpuOf(process) : TimeSpan.Zero,
        await Sql.ReadAsync<long>(server, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"));

    public override Task<string> SizesAsync() => Sql.ReadAsync<string>(ConnectionString, """
        SELECT string_agg(format(', %s %s + %s MB', root, heap / 1000000, indexes / 1000000), '' ORDER BY root)
        FROM (
            SELECT coalesce(p.relname, c.relname) AS root, sum(pg_table_size(c.oid))::bigint AS heap, sum(pg_indexes_size(c.oid))::bigint AS indexes
            FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
            WHERE c.relnamespace = 'webhooks'::regnamespace AND c.relkind = 'r'
            GROUP BY 1) t
        WHERE heap > 1000000
        """);

    // Its files go with the server's; removing them now would hit whoever is measured next.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
