namespace Webhooks.Sdk.Sqlite;

/// <summary>Where webhooks are kept and how safely.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>For example <c>Data Source=webhooks.db</c>. The file is made when it is not there; it may be the host's own.</summary>
    public string ConnectionString { get; set; } = "Data Source=webhooks.db";

    /// <summary>The beginning of the names of all tables, so that they do not meet the host's. Default <c>webhook_</c>.</summary>
    public string TablePrefix { get; set; } = SqliteSchema.DefaultTablePrefix;

    /// <summary>What a commit waits for. Default <see cref="SqliteSynchronous.Full"/>.</summary>
    public SqliteSynchronous Synchronous { get; set; } = SqliteSynchronous.Full;

    /// <summary>How long a write waits for another process, or for the host's own transaction, that holds the file's write lock. Default 5 seconds.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Create and upgrade the tables at the first use. Default true; false for a host that runs <see cref="SqliteSchema.Script"/> with its own migrations.
    /// </summary>
    public bool ManageSchema { get; set; } = true;
}
