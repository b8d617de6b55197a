namespace Webhooks.Sdk.Throughput.Databases;

/// <summary>The processor time that this process and a database server have used since they started.</summary>
internal readonly record struct CpuUse(TimeSpan Client, TimeSpan Server)
{
    public static CpuUse operator -(CpuUse after, CpuUse before) => new(after.Client - before.Client, after.Server - before.Server);

    public static CpuUse Now(PostgreSqlCluster cluster) => new(Environment.CpuUsage.TotalTime, ServerUse.CpuOf(cluster.ProcessId));
}
