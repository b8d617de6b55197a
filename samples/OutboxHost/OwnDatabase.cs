using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OutboxHost;

/// <summary>A database for this run on somebody's server, dropped at the end.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"outboxhost_{Guid.NewGuid():n}";

    private OwnDatabase(string server) => _server = server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

    public static async Task<OwnDatabase> CreateAsync(string server)
    {
        var database = new OwnDatabase(server);
        await using var db = database.Open();
        await db.Database.EnsureCreatedAsync(); // An application would have migrations.
        return database;
    }

    /// <summary>The reviews that were committed: what the receiver must have heard of.</summary>
    public async Task<HashSet<Guid>> ReadReviewsAsync()
    {
        await using var db = Open();
        return await db.Reviews.Select(r => r.Id).ToHashSetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE {_name} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    private ReviewDb Open() => new(new DbContextOptionsBuilder<ReviewDb>().UseNpgsql(ConnectionString).Options);
}
