using Webhooks.Sdk.PostgreSql.Tests.Support;
using Webhooks.Sdk.ThrowAwayPostgres;

[assembly: AssemblyFixture(typeof(Cluster))]

namespace Webhooks.Sdk.PostgreSql.Tests.Support;

/// <summary>One server for all tests of this assembly; each test has a schema of its own on it.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private static PostgresCluster? s_server;

    public static string ConnectionString => $"{s_server!.ConnectionString};Maximum Pool Size=100";

    /// <summary>Skips the test when there is no PostgreSQL here.</summary>
    public static void Require() => Assert.SkipWhen(PostgresCluster.WhyNot is not null, $"skipped: {PostgresCluster.WhyNot}");

    public async ValueTask InitializeAsync()
    {
        if (PostgresCluster.WhyNot is null)
        {
            s_server = await PostgresCluster.StartAsync($"{PostgresCluster.ForTests} -c maintenance_work_mem=256MB");
        }
    }

    public ValueTask DisposeAsync() => s_server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
