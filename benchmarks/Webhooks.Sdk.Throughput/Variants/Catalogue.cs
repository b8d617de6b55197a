using Webhooks.Sdk.Sqlite;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Stores;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>Every variant that is measured side by side. Without a server there is none of PostgreSQL.</summary>
internal static class Catalogue
{
    /// <summary>As many as fit into three minutes.</summary>
    public static IReadOnlyList<IVariant> Short(PostgreSqlCluster? cluster) =>
    [
        new RawLoop(), new NaiveLoop(),
        Memory(Shape.Batch), Memory(Shape.Single), Memory(Shape.ToMany),
        Sqlite(Shape.Batch),
        .. PostgreSql(cluster, Shape.Batch, Shape.OnNodes(2)),
    ];

    public static IReadOnlyList<IVariant> All(PostgreSqlCluster? cluster) =>
    [
        new RawLoop(), new NaiveLoop(),
        .. Work.Select(Memory), .. Work.Select(Sqlite), .. Work.Select(SqliteNormal), .. PostgreSql(cluster, [.. Work, Shape.OnNodes(2), Shape.OnNodes(4)]),
    ];

    private static readonly Shape[] Work = [Shape.Batch, Shape.Single, Shape.ToMany, Shape.Body2K, Shape.Body64K, Shape.Failing];

    private static EngineVariant Memory(Shape shape) => new(new MemoryStore(), shape);

    private static EngineVariant Sqlite(Shape shape) => new(new SqliteStore(SqliteSynchronous.Full), shape);

    private static EngineVariant SqliteNormal(Shape shape) => new(new SqliteStore(SqliteSynchronous.Normal), shape);

    private static IEnumerable<IVariant> PostgreSql(PostgreSqlCluster? cluster, params Shape[] shapes) =>
        cluster is null ? [] : shapes.Select(s => new EngineVariant(new PostgreSqlStore(cluster), s));
}
