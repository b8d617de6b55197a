namespace Webhooks.Sdk.PostgreSql;

/// <summary>How the PostgreSQL store behaves. Every default is meant to be kept.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>The schema that holds the tables: a lowercase letter, then lowercase letters, digits and underscores, at most 40. Default <c>webhooks</c>.</summary>
    public string Schema { get; set; } = "webhooks";

    /// <summary>
    /// Create and upgrade the tables when the store is first used. Default true; false for hosts that run <see cref="Webhooks.Sdk.PostgreSql.Schema.PostgreSqlSchema.Script"/>
    /// themselves: the store then only looks whether its version is there.
    /// </summary>
    public bool CreateSchema { get; set; } = true;

    /// <summary>For how many days ahead partitions exist. Default 7.</summary>
    public int PartitionDaysAhead { get; set; } = 7;

    /// <summary>
    /// Connections that publications share: concurrent ones are written in one transaction, and a second connection is used when many wait. 1 or 2;
    /// default 2.
    /// </summary>
    public int EnqueueConnections { get; set; } = 2;

    /// <summary>
    /// Deliveries that this node may hand from the publication to its own worker without asking the database again; they are stored and leased
    /// all the same. Default 20,000 and never more than 16 MiB of payload; 0 for none.
    /// </summary>
    public int HandOffCapacity { get; set; } = 20_000;

    /// <summary>Keep one connection that listens for the other nodes' hints. Default true; without it they are found by polling.</summary>
    public bool Listen { get; set; } = true;

    /// <summary>Prepare statements on the server. Default true; false behind a pooler that cannot carry them from one transaction to the next.</summary>
    public bool PrepareStatements { get; set; } = true;

    /// <summary>The database's clock. Tests put one here that they can move.</summary>
    internal string Clock { get; set; } = "now()";

    internal string Validate()
    {
        var isName = Schema is { Length: > 0 and <= 40 } && char.IsAsciiLetterLower(Schema[0])
            && Schema.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && !Schema.StartsWith("pg_", StringComparison.Ordinal);
        if (!isName)
        {
            throw new WebhookException(
                $"PostgreSqlOptions.Schema '{Schema}' is not a usable name: a lowercase letter, then lowercase letters, digits and underscores, at most 40, not 'pg_…'.");
        }

        if (PartitionDaysAhead is < 1 or > 365 || EnqueueConnections is < 1 or > 2 || HandOffCapacity is < 0 or > 100_000)
        {
            throw new WebhookException(
                "PostgreSqlOptions: PartitionDaysAhead must be 1 to 365, EnqueueConnections 1 or 2, HandOffCapacity 0 to 100,000.");
        }

        // Quoted because a schema may also be called "user" or "order".
        return $"\"{Schema}\"";
    }
}
