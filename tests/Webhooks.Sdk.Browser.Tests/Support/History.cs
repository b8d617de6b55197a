using Microsoft.Data.Sqlite;

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>A day of attempts, written into the sample's file: nobody waits a day for a chart.</summary>
internal static class History
{
    public static void Write(string file, string tenant, string subscription, int perStep, double failing, int milliseconds)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=30");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = """
            INSERT INTO webhook_attempts (event_id, event_type, event_time, tenant_id, subscription_id, number, outcome, started_at, duration, status_code)
            VALUES ('evt_past', 'review-created', @at, @tenant, @subscription, 1, @outcome, @at, @duration, @status)
            """;
        var random = new Random(7);
        var now = DateTimeOffset.UtcNow;
        for (var step = 95; step >= 0; step--)
        {
            var at = now.AddMinutes(-15 * step);
            var count = (int)(perStep * (0.35 + (0.65 * Math.Pow(Math.Sin((step + 8) * Math.PI / 96), 2))) * (0.8 + (0.4 * random.NextDouble())));
            var share = step is > 30 and < 38 ? Math.Min(1, failing * 8) : failing;
            for (var i = 0; i < count; i++)
            {
                var failed = random.NextDouble() < share;
                insert.Parameters.Clear();
                insert.Parameters.AddWithValue("@at", at.AddSeconds(-i * 60 / Math.Max(1, count)).ToUnixTimeMilliseconds() * 1000);
                insert.Parameters.AddWithValue("@tenant", tenant);
                insert.Parameters.AddWithValue("@subscription", subscription);
                insert.Parameters.AddWithValue("@outcome", failed ? "Pending" : "Delivered");
                insert.Parameters.AddWithValue("@status", failed ? 503 : 200);
                insert.Parameters.AddWithValue("@duration", (long)(milliseconds * 1000 * (0.6 + (random.NextDouble() * random.NextDouble() * 4) + (failed ? 3 : 0))));
                insert.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }
}
