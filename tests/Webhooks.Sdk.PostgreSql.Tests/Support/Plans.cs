using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql.Tests.Support;

/// <summary>What the planner makes of a statement, read on a connection of its own.</summary>
internal static partial class Plans
{
    /// <summary>Not from the pool: what is prepared here by name would meet what the pool believes to be prepared.</summary>
    public static async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Cluster.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    /// <summary>The first column of the answer, a line for each row.</summary>
    public static async Task<string> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var lines = new List<string>();
        while (await reader.ReadAsync(cancel))
        {
            lines.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return string.Join('\n', lines);
    }

    /// <summary>The plan of a statement, whatever its parameters.</summary>
    public static async Task<string> ReadAsync(NpgsqlConnection connection, string statement, CancellationToken cancel)
    {
        var parameters = Parameter().Matches(statement).Select(m => int.Parse(m.ValueSpan[1..], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        var values = parameters == 0 ? "" : $"({string.Join(", ", Enumerable.Repeat("NULL", parameters))})";
        await RunAsync(connection, $"PREPARE planned AS {statement}", cancel);
        var plan = await RunAsync(connection, $"EXPLAIN (COSTS OFF) EXECUTE planned {values}", cancel);
        await RunAsync(connection, "DEALLOCATE planned", cancel);
        return plan;
    }

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Parameter();
}
