namespace Webhooks.Sdk.DashboardLoad;

/// <summary>What is measured.</summary>
internal sealed record Settings(string? Postgres, bool Memory, int Deliveries, int Rate, TimeSpan Duration)
{
    public string Store => Memory ? "in memory" : Postgres is null ? "SQLite" : "PostgreSQL";
}
