using Npgsql;

namespace Webhooks.Sdk.Throughput.Databases;

/// <summary>One statement outside of any measurement.</summary>
internal static class Sql
{
    public static async Task ExecuteAsync(string connectionString, string text)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ReadAsync<T>(string connectionString, string text)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(text, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    // Not pooled: connections that stay would be counted as the store's.
    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
